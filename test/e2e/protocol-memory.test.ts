import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { startCli, stopAll } from '../support/cli';

afterEach(stopAll);

/** The most memory that a process ever had, in MB. Linux only, as is this test. */
const peakMegabytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

test.each([
  ['telemetry on', {}],
  ['telemetry off', { OTEL_SDK_DISABLED: 'true' }],
])(
  'a line of 300 MB is refused in bounded memory, the session lives on (%s)',
  async (_, env) => {
    const cli = startCli({ env: env as Record<string, string>, timeoutMs: 60_000 });
    await cli.initialize();
    for (let i = 0; i < 300; i++) {
      if (!cli.stdin.write(MEGABYTE)) await once(cli.stdin, 'drain');
    }
    cli.write('\n');
    const refusal = await cli.waitFor(() => cli.messages.find(({ error }) => error));
    expect(refusal).toEqual({
      jsonrpc: '2.0',
      error: {
        code: -32600,
        message: `Invalid request: a line of ${300 * MEGABYTE.length} bytes; at most 10 MB are read`,
      },
    });
    expect((await cli.call('add', { a: 0.1, b: 0.2 })).result.content[0].text).toBe('0.3');
    expect(peakMegabytes(cli.pid!)).toBeLessThan(300);
    expect(await cli.end()).toMatchObject({ code: 0, signal: null });
  },
  90_000,
);
