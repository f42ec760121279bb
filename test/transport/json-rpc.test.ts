import { ErrorCode, parseLine, parseMember } from '../../src/json-rpc';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

const ID = '"id" must be a string or an integer of at most 2^53 - 1';
const VERSION = '"jsonrpc" must be "2.0"';
const METHOD = '"method" must be a string';
const PARAMS = '"params" must be an object, where it is given';
const OBJECT = 'a message is a JSON object, with "jsonrpc", "method" and, for a request, "id"';

describe('no JSON', () => {
  test.each([
    ['plain text', 'hello'],
    ['an open brace', '{'],
    ['a cut line', JSON.stringify(PING).slice(0, -1)],
    ['a trailing comma', '{"jsonrpc":"2.0",}'],
    ['two messages on a line', `${JSON.stringify(PING)}${JSON.stringify(PING)}`],
    ['single quotes', "{'jsonrpc':'2.0'}"],
    ['NaN', '{"jsonrpc":"2.0","id":NaN,"method":"ping"}'],
    ['a raw tab in a string', '{"method":"a\tb"}'],
    ['a NUL', '\0'],
  ])('%s', (_, text) => {
    const parsed = parseLine(text);
    expect(parsed).toMatchObject({ kind: 'invalid', code: ErrorCode.parse });
    expect(parsed).not.toHaveProperty('id');
    expect(parsed).toHaveProperty('reason', expect.stringMatching(/^Parse error: [^\n]{1,160}$/));
  });

  test('what V8 quotes of the text is bounded and on one line', () => {
    const { reason } = parseLine(`{"a":\n${'x'.repeat(10_000)}`) as { reason: string };
    expect(reason).not.toContain('\n');
    expect(reason.length).toBeLessThan(200);
  });
});

describe('JSON, but no request', () => {
  test.each([
    ['a string', '"ping"', OBJECT],
    ['a number', '1', OBJECT],
    ['null', 'null', OBJECT],
    ['true', 'true', OBJECT],
    ['an empty object', '{}', VERSION],
    ['no jsonrpc', '{"method":"ping"}', VERSION],
    ['another jsonrpc', '{"jsonrpc":"1.0","method":"ping"}', VERSION],
    ['jsonrpc as a number', '{"jsonrpc":2.0,"method":"ping"}', VERSION],
    ['no method and no result', '{"jsonrpc":"2.0"}', METHOD],
    ['a numeric method', '{"jsonrpc":"2.0","method":1}', METHOD],
    ['a null method', '{"jsonrpc":"2.0","method":null}', METHOD],
    ['a null method beside a result', '{"jsonrpc":"2.0","method":null,"result":1}', METHOD],
    ['params as an array', '{"jsonrpc":"2.0","method":"ping","params":[]}', PARAMS],
    ['params as null', '{"jsonrpc":"2.0","method":"ping","params":null}', PARAMS],
    ['params as a string', '{"jsonrpc":"2.0","method":"ping","params":"a"}', PARAMS],
    ['params as a number', '{"jsonrpc":"2.0","method":"ping","params":0}', PARAMS],
    ['a response of another version', '{"jsonrpc":"1.0","result":1}', VERSION],
  ])('%s', (_, text, reason) => {
    const refusal = { kind: 'invalid', code: -32600, reason: `Invalid request: ${reason}` };
    expect(parseLine(text)).toEqual(refusal);
    if (!text.startsWith('{') || text === '{}') return;
    // The same with a valid id, which is then told.
    const withId = text.replace('{', '{"id":"x",');
    expect(parseLine(withId)).toEqual({ ...refusal, id: 'x' });
  });
});

describe('ids', () => {
  test.each([
    ['null', 'null'],
    ['a fraction', '1.5'],
    ['an integer beyond 2^53 - 1', '9007199254740992'],
    ['one below', '-9007199254740992'],
    ['what reads as infinity', '1e400'],
    ['true', 'true'],
    ['an object', '{}'],
    ['an array', '[1]'],
  ])('%s is none', (_, id) => {
    const reason = `Invalid request: ${ID}`;
    const refusal = { kind: 'invalid', code: -32600, reason };
    expect(parseLine(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)).toEqual(refusal);
    // The first fault is the one told, and an id that is none is never echoed.
    expect(parseLine(`{"id":${id},"method":1}`)).toEqual(refusal);
  });

  test.each([
    ['0', 0],
    ['-0', -0],
    ['-1', -1],
    ['1.0', 1],
    ['1e3', 1000],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['""', ''],
    ['"1"', '1'],
    ['"\\u0000\\ud800"', '\0\ud800'],
    ['"__proto__"', '__proto__'],
  ])('%s is one', (text, id) => {
    expect(parseLine(`{"jsonrpc":"2.0","id":${text},"method":"ping"}`)).toEqual({
      kind: 'request',
      id,
      method: 'ping',
      params: undefined,
    });
  });
});

describe('what is taken', () => {
  test.each([
    ['a notification', '{"jsonrpc":"2.0","method":"n"}', { kind: 'notification', method: 'n' }],
    [
      'a request with members that JSON-RPC does not name',
      '{"jsonrpc":"2.0","id":1,"method":"m","extra":[],"result":1}',
      { kind: 'request', id: 1, method: 'm' },
    ],
    ['an empty method', '{"jsonrpc":"2.0","id":1,"method":""}', { kind: 'request', method: '' }],
    [
      'a result',
      '{"jsonrpc":"2.0","id":1,"result":null}',
      { kind: 'response', id: 1, answer: { result: null } },
    ],
    [
      'an error',
      '{"jsonrpc":"2.0","id":"x","error":{"code":-1,"message":"m","data":[]}}',
      { kind: 'response', id: 'x', answer: { error: { code: -1, message: 'm' } } },
    ],
    [
      'an error of another form',
      '{"jsonrpc":"2.0","id":1,"error":{"code":"no","message":7}}',
      { kind: 'response', id: 1, answer: { error: { code: -32603, message: '' } } },
    ],
    [
      'an error that is no object',
      '{"jsonrpc":"2.0","id":1,"error":null}',
      { kind: 'response', answer: { error: { code: -32603, message: '' } } },
    ],
    [
      'an error to a line unread',
      '{"jsonrpc":"2.0","id":null,"error":{}}',
      { kind: 'response', id: null },
    ],
    ['an error without an id', '{"jsonrpc":"2.0","error":{}}', { kind: 'response' }],
    ['a batch', '[1,{}]', { kind: 'batch', members: [1, {}] }],
    ['an empty batch', '[]', { kind: 'batch', members: [] }],
  ])('%s', (_, text, expected) => {
    expect(parseLine(text)).toMatchObject(expected);
  });

  test('a batch within a batch is no message', () => {
    expect(parseMember([PING])).toMatchObject({ kind: 'invalid', code: -32600 });
  });

  test('params keep the names that JavaScript has a meaning for', () => {
    const text = '{"jsonrpc":"2.0","method":"m","params":{"__proto__":1,"constructor":2}}';
    const { params } = parseLine(text) as { params: object };
    expect(Object.entries(params)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  test('only own members count', () => {
    const text = '{"__proto__":{"jsonrpc":"2.0","id":1,"method":"ping"}}';
    expect(parseLine(text)).toMatchObject({ kind: 'invalid', code: -32600 });
  });
});
