import type { Parameters } from '../parameters';
import type { Dashboard } from './dashboard';
import { bars, distribution, lines } from './panels';
import { lastWord, of, spoken, sumBy } from './queries';

const ACTIVE = of('mcp_sessions_active');
const ended = (what: string) => of(`mcp_server_session_duration_seconds_${what}`);

/**
 * The last words of the processes are added up. A series of sessions that ended begins with the first
 * one, which `increase()` does not see; and of a server on stdio it is the only one.
 */
const OPENED = [
  `(${sumBy('service_name', lastWord(ended('count')))}`,
  `or 0 * ${sumBy('service_name', lastWord(ACTIVE))})`,
  `+ ${sumBy('service_name', lastWord(ACTIVE))}`,
].join(' ');

export const sessionAnalysis = (parameters: Parameters): Dashboard => ({
  uid: 'mcp-session-analysis',
  title: 'MCP / Session analysis',
  description: 'How many sessions are open, how long they last, and how much is asked in them.',
  panels: [
    lines({
      id: 1,
      title: 'Active sessions',
      description:
        'Sessions that are open in the processes that still send. On stdio a process has one.',
      unit: 'short',
      width: 24,
      queries: [[sumBy('service_name', spoken(ACTIVE, parameters)), '{{service_name}}']],
    }),
    distribution({
      id: 2,
      title: 'Session duration',
      description:
        'Sessions that ended, by how long they lasted, of all processes that sent something within the time range.',
      unit: 'short',
      width: 12,
      queries: [[sumBy('le', lastWord(ended('bucket'))), '{{le}} s']],
    }),
    bars({
      id: 3,
      title: 'Requests per session',
      description: 'On average, of all processes that sent something within the time range.',
      unit: 'short',
      width: 12,
      queries: [
        [
          `${sumBy('service_name', lastWord(of('mcp_requests_total')))} / (${OPENED} > 0)`,
          '{{service_name}}',
        ],
      ],
    }),
  ],
});
