import { boundariesOf } from '../../../../monitoring/contract-names';
import { HTTP, STDIO } from '../cast';
import type { Expectation } from '../expectation';
import { countUpTo } from '../histogram';
import { increase, increaseOf } from '../increases';
import { share, sum } from '../interval';
import type { Known } from '../known';
import { bounds, calls, ofService } from './common';

const MILLISECONDS = boundariesOf('mcp_requests_duration_milliseconds');

const tools = ({ processes }: Known): [service: string, tool: string][] =>
  [...new Map(processes.map(({ service, tools }) => [service, tools]))].flatMap(
    ([service, names]) => names.map((tool): [string, string] => [service, tool]),
  );

export const TOOLS: Readonly<Record<string, Expectation>> = {
  'mcp-tool-performance / Invocations A': {
    values: (known) =>
      new Map(
        tools(known).map(([service, tool]) => [`${service} ${tool}`, calls(known, service, tool)]),
      ),
    telling: `${HTTP} add`,
  },
  'mcp-tool-performance / Latency distribution A': {
    values: (known) =>
      new Map(
        bounds(MILLISECONDS).map(([le, bound]) => [
          le,
          sum(
            known.services.map((service) => {
              const called = known.asked.filter(
                ({ tool, ...asked }) => tool !== undefined && ofService(service)(asked),
              );
              const first = called.filter(({ isFirst }) => isFirst);
              const [, mostFirst] = countUpTo(
                bound,
                first.map(({ millis }) => millis),
              );
              const all = countUpTo(
                bound,
                called.map(({ millis }) => millis),
              );
              return increase(known, 'durations', service, all, mostFirst);
            }),
          ),
        ]),
      ),
    telling: '+Inf',
  },
  'mcp-tool-performance / Error rate by tool and error A': {
    values: (known) =>
      new Map(
        known.asked
          .filter(({ error }) => error !== undefined)
          .map(({ service, tool, error }) => {
            const alike = known.asked.filter(
              (asked) => asked.service === service && asked.tool === tool && asked.error === error,
            );
            const errors = increaseOf(known, 'errors', service, alike);
            return [`${service} ${tool} ${error}`, share(errors, calls(known, service, tool!))];
          }),
      ),
    telling: `${STDIO} divide division_by_zero`,
  },
};
