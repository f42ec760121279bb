import { boundariesOf } from '../../../../monitoring/contract-names';
import { SIBLING, HTTP, STDIO } from '../cast';
import type { Asked } from '../diary';
import type { Expectation } from '../expectation';
import { quantile } from '../histogram';
import { ofMixture } from '../increases';
import { share } from '../interval';
import { each, ofService, requests } from './common';

const MILLISECONDS = boundariesOf('mcp_requests_duration_milliseconds');

const hasFailed = ({ outcome }: Asked): boolean => outcome === 'tool_error' || outcome === 'error';

const latency = (percent: number): Expectation => ({
  values: (known) =>
    each(
      known,
      (service) =>
        ofMixture(known.asked.filter(ofService(service)), (asked) =>
          quantile(
            percent / 100,
            asked.map(({ millis }) => millis),
            MILLISECONDS,
          ),
        ),
      (service) => `${service} p${percent}`,
    ),
  telling: `${SIBLING} p${percent}`,
});

export const OVERVIEW: Readonly<Record<string, Expectation>> = {
  'mcp-service-overview / Request rate A': {
    values: (known) =>
      each(known, (service) => {
        const [least, most] = requests(known, service);
        return [least / known.window, most / known.window];
      }),
    telling: HTTP,
  },
  'mcp-service-overview / Error rate A': {
    values: (known) =>
      each(known, (service) =>
        share(requests(known, service, hasFailed), requests(known, service)),
      ),
    telling: STDIO,
  },
  'mcp-service-overview / Latency A': latency(50),
  'mcp-service-overview / Latency B': latency(95),
  'mcp-service-overview / Latency C': latency(99),
};
