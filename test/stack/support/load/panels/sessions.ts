import { boundariesOf } from '../../../../monitoring/contract-names';
import { HTTP } from '../cast';
import type { Expectation } from '../expectation';
import { countUpTo } from '../histogram';
import { exactly } from '../interval';
import { bounds, each, ofService } from './common';

const SECONDS = boundariesOf('mcp_server_session_duration_seconds');

export const SESSIONS: Readonly<Record<string, Expectation>> = {
  'mcp-session-analysis / Active sessions A': {
    values: (known) =>
      each(known, (service) =>
        exactly(
          known.sessions.filter((s) => s.service === service && s.seconds === undefined).length,
        ),
      ),
    telling: HTTP,
    moment: 'open',
  },
  'mcp-session-analysis / Session duration A': {
    values: ({ sessions }) =>
      new Map(
        bounds(SECONDS).map(([le, bound]) => [
          `${le} s`,
          countUpTo(
            bound,
            sessions.flatMap(({ seconds }) => (seconds ? [seconds] : [])),
          ),
        ]),
      ),
    telling: '+Inf s',
  },
  'mcp-session-analysis / Requests per session A': {
    values: (known) =>
      each(known, (service) => {
        const of = ofService(service);
        return exactly(known.asked.filter(of).length / known.sessions.filter(of).length);
      }),
    telling: HTTP,
  },
};
