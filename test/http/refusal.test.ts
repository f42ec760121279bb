import { Refusal, REFUSALS, sendRefusal, type RefusalReason } from '../../src/http/refusal';
import { ask } from '../support/http-client';
import { closeAll, listening } from './listening';

afterEach(closeAll);

// The whole table: statuses are those of RFC 9110 and MCP, reasons a label of mcp.http.refused.
test.each<[RefusalReason, number, number]>([
  ['malformed_http', 400, -32000],
  ['session_required', 400, -32000],
  ['session_exists', 400, -32600],
  ['unsupported_protocol_version', 400, -32000],
  ['unauthorized', 401, -32000],
  ['host_not_allowed', 403, -32000],
  ['origin_not_allowed', 403, -32000],
  ['not_found', 404, -32000],
  ['session_not_found', 404, -32001],
  ['method_not_allowed', 405, -32000],
  ['not_acceptable', 406, -32000],
  ['timeout', 408, -32000],
  ['body_too_large', 413, -32000],
  ['unsupported_media_type', 415, -32000],
  ['headers_too_large', 431, -32000],
  ['too_many_sessions', 503, -32000],
])('%s: %i, with a JSON-RPC error that has no id', async (reason, status, code) => {
  const { url } = await listening((_, response) =>
    sendRefusal(response, new Refusal(reason, 'Why, and "what" to do', { Allow: 'GET' })),
  );
  const reply = await ask(url);
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject({ 'content-type': 'application/json', allow: 'GET' });
  expect(JSON.parse(reply.text)).toEqual({
    jsonrpc: '2.0',
    error: { code, message: 'Why, and "what" to do' },
  });
});

test('there are no others', () => {
  expect(Object.keys(REFUSALS)).toHaveLength(16);
});
