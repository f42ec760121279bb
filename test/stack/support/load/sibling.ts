import { randomUUID } from 'node:crypto';
import { Child } from '../../../support/child';
import { sibling } from '../installed';
import type { Asked, Session } from './diary';
import { exactly } from './interval';
import { seconds, Served, type ServedOptions } from './served';

/** A call that it is told of. */
export type Call = Pick<Asked, 'tool' | 'outcome' | 'error'> & {
  readonly millis: number;
  /** JSON-RPC's, of an error. */
  readonly code?: string;
  readonly isFirst?: boolean;
};

const TOOLS = ['add', 'divide'];

/** What it takes to be as prompt as ours are, and to tell of its own telemetry. */
const SETTINGS = {
  OTEL_PYTHON_SDK_INTERNAL_METRICS_ENABLED: 'true',
  OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: 'process,host,otel',
  OTEL_BSP_SCHEDULE_DELAY: '1000',
  OTEL_BLRP_SCHEDULE_DELAY: '1000',
};

/** A calculator in Python, played: it tells of calls that it is told of, and how long they took. */
export async function startSibling(options: ServedOptions) {
  const { diary, service, env } = options;
  const child = new Child(sibling(), {
    env: { ...env, ...SETTINGS, OTEL_SERVICE_NAME: service, OTEL_RESOURCE_ATTRIBUTES: resource() },
  });
  const served: Served = new Served(options, TOOLS, () => served.requests);
  let told = 0;
  const tell = async (line: object): Promise<void> => {
    const count = ++told;
    child.write(`${JSON.stringify(line)}\n`);
    await child.waitFor(() => child.lines.length >= count, JSON.stringify(line));
  };
  await tell({ tools: TOOLS });
  await tell({ session: 'begin' });
  const session: Session = { service };
  diary.sessions.push(session);
  return {
    call: async ({ millis, code, isFirst, ...call }: Call) => {
      await tell({ ...call, code, millis });
      const whom = { service, process: served.number, method: 'tools/call' };
      diary.asked.push({ ...whom, ...call, isFirst, millis: exactly(millis), at: seconds() });
    },
    end: async (lasted: number) => {
      await tell({ session: 'end', seconds: lasted });
      session.seconds = exactly(lasted);
      await served.end(() => child.end());
    },
  };
}

const resource = (): string =>
  [
    `service.instance.id=${randomUUID()}`,
    'service.version=0.0.1',
    'mcp.protocol_version=2025-11-25',
    'openinference.project.name=py-calculator',
  ].join(',');
