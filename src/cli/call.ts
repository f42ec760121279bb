import { randomUUID } from 'node:crypto';
import type { LoadedSettings } from '../config';
import { Stderr } from '../telemetry/stderr';
import { registry } from '../tools/registry';
import { assemble } from './assemble';
import { print } from './print';
import { UsageError } from './usage-error';

interface Reply {
  readonly result?: {
    readonly content: readonly { readonly text: string }[];
    readonly isError?: boolean;
  };
  readonly error?: { readonly message: string };
}

/**
 * Calls one tool on the command line, through the same server, and seen like any call.
 *
 * @param operands in the order in which the tool's schema names them
 * @returns the exit code: 1 where the call failed
 * @throws {UsageError} more operands than the tool has
 */
export async function call(
  loaded: LoadedSettings,
  name: string,
  operands: readonly string[],
  json: boolean,
): Promise<number> {
  const params = { name, arguments: nameOperands(name, operands) };
  const stderr = new Stderr(process.stderr, (lines) => telemetry.stderrDropped(lines));
  let reply: Reply = {};
  const { telemetry, connect, end } = assemble(loaded, stderr);
  const { connection, ...client } = connect({
    session: { id: randomUUID(), transport: 'pipe' },
    write: (line) => (reply = JSON.parse(line) as Reply),
  });
  connection.receive({
    text: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  });
  await connection.idle();

  const failed = reply.error !== undefined || reply.result?.isError === true;
  const text = reply.error?.message ?? reply.result?.content[0]?.text ?? '';
  if (json) await print(JSON.stringify(reply.result ?? { error: reply.error }, null, 2));
  else if (failed) stderr.write(`${text}\n`);
  else await print(text);

  client.end();
  await end();
  return failed ? 1 : 0;
}

function nameOperands(tool: string, operands: readonly string[]): Record<string, string> {
  const schema = registry.get(tool)?.inputSchema;
  const names = Object.keys((schema?.['properties'] as object | undefined) ?? {});
  if (schema && operands.length > names.length) {
    throw new UsageError(
      `${tool} takes ${names.length} operands (${names.join(', ')}), got ${operands.length}`,
    );
  }
  return Object.fromEntries(
    operands.slice(0, names.length).map((operand, i) => [names[i]!, operand]),
  );
}
