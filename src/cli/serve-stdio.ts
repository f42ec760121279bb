import { randomUUID } from 'node:crypto';
import type { LoadedSettings } from '../config';
import { Stderr } from '../telemetry/stderr';
import { StdioTransport } from '../transport/stdio';
import { assemble } from './assemble';
import { surviveFaults } from './faults';
import { onEnd } from './signals';
import { reserveStdout } from './stdout';

/** A reader of stdout that takes nothing for so long is given up. */
const STALL_MILLIS = 5_000;

const HINT =
  'ts-calculator is an MCP server: it waits for JSON-RPC on stdin, one message a line, as MCP clients\n' +
  'send it. Ctrl-D or Ctrl-C ends it. To calculate here: ts-calculator call add 0.1 0.2\n';

/**
 * Serves MCP on stdin and stdout until stdin ends, stdout closes or a signal comes; what was asked by
 * then is answered, and its telemetry sent.
 *
 * @returns the exit code
 */
export async function serveStdio(loaded: LoadedSettings): Promise<number> {
  const { stdin } = process;
  const transport = new StdioTransport({
    stdin,
    stdout: reserveStdout(),
    stallMillis: STALL_MILLIS,
  });
  const stderr = new Stderr(process.stderr, (lines) => telemetry.stderrDropped(lines));
  const { telemetry, connect, end } = assemble(loaded, stderr);
  const { connection, ...client } = connect({
    session: { id: randomUUID(), transport: 'pipe' },
    write: transport.write,
  });
  onEnd(() => transport.stop());
  surviveFaults((message) => telemetry.log('error', message));
  transport.listen((line) => connection.receive(line));

  if (stdin.isTTY) stderr.write(HINT);

  const reason = await transport.ended;
  if (reason !== 'stdout closed') {
    await connection.idle();
    const unread = await transport.finish();
    if (unread > 0) telemetry.log('warn', 'stdout was not read: the last answers are given up');
  }
  client.end();
  await end();
  return 0;
}
