import fc from 'fast-check';
import { createRedaction } from '../../src/tap/redaction';
import { recordedConversation } from './recorded-conversation';

const SECRET = 'hunter2';
const HIDDEN = ['password', 'API-Key', 'x_auth_token', 'Cookie', 'internalName'];
const hides = createRedaction(['internal']);

/** All that is kept of one call. */
function kept(params: object, answer: object, changes: Parameters<typeof recordedConversation>[0]) {
  const { client, server, operations } = recordedConversation({ hides, ...changes });
  client({ id: 1, method: 'tools/call', params: { name: 'a', ...params } });
  server({ id: 1, ...answer });
  expect(operations).toHaveLength(1);
  return { operation: operations[0]!, text: JSON.stringify(operations) };
}

const errorOf = (message: string) => ({ error: { code: -32602, message, data: { message } } });
const failureOf = (text: string) => ({
  result: { isError: true, content: [{ type: 'text', text }] },
});

describe('where content is off', () => {
  const off = { captureContent: false };

  test.each<[string, object, object]>([
    ['arguments', { arguments: { city: SECRET, n: 4711 } }, { result: {} }],
    ['arguments that are a string', { arguments: SECRET }, { result: {} }],
    ['a structured result', {}, { result: { structuredContent: { result: SECRET } } }],
    ['a result of content', {}, { result: { content: [{ type: 'text', text: SECRET }] } }],
    ['what a tool says as it fails', {}, failureOf(SECRET)],
    ['what the server says as it fails', {}, errorOf(SECRET)],
    ['answers to what a result asked for', { inputResponses: { who: SECRET } }, { result: {} }],
    [
      'what is in _meta',
      { _meta: { x: SECRET, progressToken: SECRET } },
      { result: { _meta: { SECRET } } },
    ],
  ])('nothing is kept: %s', (_, params, answer) => {
    const { text } = kept(params, answer, off);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('4711');
  });

  test.each(['sampling/createMessage', 'elicitation/create', 'prompts/get', 'completion/complete'])(
    'nor of %s, whoever asks',
    (method) => {
      const { client, server, operations } = recordedConversation({ captureContent: true });
      const params = { arguments: { a: SECRET }, messages: [SECRET], message: SECRET };
      client({ id: 1, method, params });
      server({ id: 1, method, params });
      client({ id: 1, result: { content: SECRET } });
      server({ id: 1, result: { messages: [SECRET], content: { text: SECRET } } });
      expect(JSON.stringify(operations)).not.toContain(SECRET);
    },
  );

  test('nor of a line that is refused', () => {
    const { take, operations } = recordedConversation();
    take('client', { jsonrpc: '2.0', id: 1, method: { a: SECRET }, params: SECRET });
    take('server', SECRET);
    expect(operations).toHaveLength(2);
    expect(JSON.stringify(operations)).not.toContain(SECRET);
  });

  test('of any value at all', () => {
    const secretly = (_: string, value: unknown): unknown =>
      typeof value === 'object' ? value : SECRET;
    const holder = fc
      .jsonValue()
      .map((value) => JSON.parse(JSON.stringify(value), secretly) as unknown);
    fc.assert(
      fc.property(holder, holder, fc.boolean(), (args, value, isError) => {
        const result = { structuredContent: value, content: [{ text: SECRET }, value], isError };
        for (const answer of [{ result }, errorOf(SECRET), { result: value }]) {
          const { text, operation } = kept({ arguments: args }, answer, off);
          expect(text).not.toContain(SECRET);
          expect(operation.scalarArguments).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test('not sampled, nothing is kept even where it is on', () => {
    const changes = { captureContent: true, sampler: () => false };
    for (const answer of [failureOf(SECRET), errorOf(SECRET)]) {
      expect(kept({ arguments: { a: SECRET } }, answer, changes).text).not.toContain(SECRET);
    }
  });
});

describe('where content is on', () => {
  const on = { captureContent: true };

  test('it is there', () => {
    const args = { city: 'Rome', n: 1, yes: true, list: [1] };
    const result = { structuredContent: { result: 2, temp: 20 } };
    expect(kept({ arguments: args }, { result }, on).operation).toMatchObject({
      argumentsText: JSON.stringify(args),
      scalarArguments: { city: 'Rome', n: 1, yes: true },
      resultText: '{"result":2,"temp":20}',
    });
    expect(kept({}, failureOf('no such city'), on).operation).toMatchObject({
      toolError: { message: 'no such city' },
    });
    expect(kept({}, errorOf('no such tool'), on).operation).toMatchObject({
      rpcError: { code: -32602, message: 'no such tool' },
    });
  });

  describe.each(HIDDEN)('the value under %s is masked', (key) => {
    const secrets = { [key]: SECRET };
    const json = JSON.stringify(secrets);
    test.each<[string, object, object]>([
      ['in arguments', { arguments: secrets }, { result: {} }],
      ['deep in arguments', { arguments: { a: [{ b: secrets }] } }, { result: {} }],
      ['in arguments that are JSON in a string', { arguments: { body: json } }, { result: {} }],
      ['in arguments that are text', { arguments: json }, { result: {} }],
      ['an object', { arguments: { [key]: { deep: [SECRET] } } }, { result: {} }],
      ['in a structured result', {}, { result: { structuredContent: secrets } }],
      ['in content that is JSON', {}, { result: { content: [{ type: 'text', text: json }] } }],
      [
        'in content that has JSON',
        {},
        { result: { content: [{ type: 'text', text: `Got: ${json}` }] } },
      ],
      ['in what a tool says as it fails', {}, failureOf(json)],
      ['in the midst of that', {}, failureOf(`bad input: ${json} (1 error)`)],
      ['in what the server says as it fails', {}, errorOf(json)],
      ['in the midst of that', {}, errorOf(`Invalid arguments: ${json}`)],
    ])('%s', (_, params, answer) => {
      const { text } = kept(params, answer, on);
      expect(text).not.toContain(SECRET);
      expect(text).toContain('***');
    });
  });

  test('of a result that is a number as well', () => {
    const { operation } = kept(
      {},
      { result: { structuredContent: { result: 4711 } } },
      { ...on, hides: createRedaction(['result']) },
    );
    expect(operation).toMatchObject({ resultText: '{"result":"***"}' });
    expect(JSON.stringify(operation)).not.toContain('4711');
  });

  test('what the server says as it fails is bounded', () => {
    const { operation } = kept({}, errorOf('x'.repeat(100_000)), on);
    expect(operation.rpcError!.message.length).toBe(4_096);
  });
});
