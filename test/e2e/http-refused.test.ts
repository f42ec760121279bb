import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REFUSALS, type RefusalReason } from '../../src/http/refusal';
import { stopAll } from '../support/cli';
import { ask, type Question } from '../support/http-client';
import { startHttpServer } from '../support/http-server';
import { HttpSession, initializeRequest } from '../support/http-session';
import { RawConnection, requestText } from '../support/raw-connection';
import { startReceiver } from '../support/receiver';
import { ping } from './support/lines';
import { counted } from './support/points';
import { logLines } from './support/stderr-lines';

// What is refused before it is a message: counted and logged by its reason, and no operation.

afterAll(stopAll);

const TOKEN = 'a-token';
const authorized = { Authorization: `Bearer ${TOKEN}` };
const json = (headers: Question['headers']): Question => ({
  body: ping(1),
  headers: { ...authorized, ...headers },
});

/** A request for each reason, but those that take their time or 10,000 sessions. */
const QUESTIONS: Partial<Record<RefusalReason, Question | string>> = {
  malformed_http: 'hello\r\n\r\n',
  headers_too_large: requestText('GET /mcp', { Host: 'localhost', X: 'x'.repeat(20_000) }),
  unauthorized: { body: ping(1) },
  host_not_allowed: json({ Host: 'evil.com' }),
  origin_not_allowed: json({ Origin: 'https://evil.com' }),
  session_required: { headers: authorized },
  session_not_found: json({ 'Mcp-Session-Id': '0'.repeat(32) }),
  unsupported_protocol_version: json({ 'MCP-Protocol-Version': '1999-01-01' }),
  method_not_allowed: { method: 'PUT', headers: authorized },
  not_acceptable: json({ Accept: 'text/html' }),
  unsupported_media_type: json({ 'Content-Type': 'text/plain' }),
  body_too_large: { body: 'x'.repeat(11_000_000), headers: authorized },
};
const ELSEWHERE: RefusalReason[] = ['timeout', 'too_many_sessions'];

test('each reason is counted with its status, and told; nothing of it is an operation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-http-'));
  const tokens = join(folder, 'tokens');
  writeFileSync(tokens, TOKEN);
  const receiver = await startReceiver();
  const server = await startHttpServer({
    args: ['--auth-token-file', tokens],
    env: receiver.env,
  });
  for (const question of Object.values(QUESTIONS)) {
    if (typeof question !== 'string') {
      await ask(server.url, question);
      continue;
    }
    const connection = new RawConnection(server.port);
    connection.write(question);
    await connection.closed;
  }
  await ask(server.at('/nowhere'), json({}));
  const session = await HttpSession.begin(server.url, { headers: authorized });
  await session.post(initializeRequest());
  // No messages, but read as such: these are operations, and not counted here.
  await session.post('no JSON');
  await session.post([ping(1)]);
  await server.end();
  await receiver.close();
  rmSync(folder, { recursive: true });

  const reasons = Object.keys(REFUSALS) as RefusalReason[];
  const expected = reasons.filter((reason) => !ELSEWHERE.includes(reason));
  expect(counted(receiver.latest('mcp.http.refused'))).toEqual(
    Object.fromEntries(
      expected.map((reason) => [
        `error.type=${reason} http.response.status_code=${REFUSALS[reason]}`,
        1,
      ]),
    ),
  );
  expect(receiver.spans.map(({ name }) => name)).toEqual(['initialize', 'invalid', 'invalid']);
  const told = logLines(server.cli.stderr).filter(({ message }) => / refused with /.test(message));
  expect(told.map(({ level }) => level)).toEqual(expected.map(() => 'WARN'));
  for (const { message } of told) expect(message.length).toBeLessThan(300);
  // The same as log records at the receiver.
  const records = receiver.logs.filter(({ body }) => / refused with /.test(String(body)));
  expect(records.map(({ body }) => body)).toEqual(told.map(({ message }) => message));
});
