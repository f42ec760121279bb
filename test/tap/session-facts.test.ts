import { SESSION } from './recording-tap';
import { recordedConversation } from './recorded-conversation';

const KEY = 'io.modelcontextprotocol/';
const CLIENT = { clientName: 'probe', clientVersion: '1.2.3' };
const SERVER = { serverName: 'mcp-time', serverVersion: '2026.10.19' };

const initialize = {
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'probe', version: '1.2.3' },
  },
};
const serverInfo = { name: 'mcp-time', version: '2026.10.19', icons: [{ src: 'data:…' }] };
const initialized = { capabilities: {}, protocolVersion: '2025-06-18', serverInfo };

const envelope = (more: object = {}) => ({
  _meta: {
    [`${KEY}protocolVersion`]: '2026-07-28',
    [`${KEY}clientInfo`]: { name: 'probe', version: '1.2.3' },
    [`${KEY}clientCapabilities`]: {},
    ...more,
  },
});
const named = (info: unknown = serverInfo) => ({ _meta: { [`${KEY}serverInfo`]: info } });

describe('a session with initialize', () => {
  const known = { ...SESSION, ...CLIENT, ...SERVER, protocolVersion: '2025-06-18' };

  test('is known on the span of initialize itself, and from then on', () => {
    const { client, server, operations, sessions } = recordedConversation();
    client(initialize);
    server({ id: 0, result: initialized });
    client({ method: 'notifications/initialized' });
    server({ id: 0, method: 'roots/list' });
    client({ id: 0, result: { roots: [] } });
    expect(operations.map(({ session }) => session)).toEqual([known, known, known]);
    expect(sessions).toEqual([known]);
  });

  test('is not known before the answer, nor by an error', () => {
    const { client, server, operations, sessions } = recordedConversation();
    client(initialize);
    server({ method: 'notifications/tools/list_changed' });
    server({ id: 0, error: { code: -32602, message: 'no' } });
    expect(operations.map(({ session }) => session)).toEqual([SESSION, SESSION]);
    expect(sessions).toEqual([]);
  });

  test('cannot be initialized by the server', () => {
    const { client, server, sessions } = recordedConversation();
    server(initialize);
    client({ id: 0, result: initialized });
    expect(sessions).toEqual([]);
  });

  test.each<[string, unknown, object]>([
    [
      'an empty version',
      { ...initialized, serverInfo: { name: 'x', version: '' } },
      { serverName: 'x' },
    ],
    [
      'an empty name',
      { ...initialized, serverInfo: { name: '', version: '1' } },
      { serverVersion: '1' },
    ],
    ['no serverInfo', { protocolVersion: '2025-06-18' }, {}],
    ['serverInfo is null', { ...initialized, serverInfo: null }, {}],
    ['serverInfo is a list', { ...initialized, serverInfo: ['x'] }, {}],
    ['numbers', { ...initialized, serverInfo: { name: 1, version: 2 } }, {}],
  ])('answered with %s', (_, result, expected) => {
    const { client, server, sessions } = recordedConversation();
    client(initialize);
    server({ id: 0, result });
    expect(sessions).toEqual([
      { ...SESSION, ...CLIENT, ...expected, protocolVersion: '2025-06-18' },
    ]);
  });

  test.each([[null], ['text'], [[1]], [{ protocolVersion: 5, serverInfo: 5 }]])(
    'a result that is %j tells what the client said at least',
    (result) => {
      const { client, server, sessions } = recordedConversation();
      client(initialize);
      server({ id: 0, result });
      expect(sessions).toEqual([{ ...SESSION, ...CLIENT }]);
    },
  );

  test('names and versions are bounded', () => {
    const { client, server, sessions } = recordedConversation();
    const long = 'x'.repeat(100_000);
    client({ ...initialize, params: { clientInfo: { name: long, version: long } } });
    server({ id: 0, result: { protocolVersion: long, serverInfo: { name: long, version: long } } });
    const { id, transport, ...facts } = sessions[0]!;
    expect([id, transport]).toEqual([SESSION.id, SESSION.transport]);
    expect(Object.values(facts)).toEqual(Array(5).fill(`${'x'.repeat(127)}…`));
  });
});

describe('a session of MCP 2026-07-28', () => {
  const known = { ...SESSION, ...CLIENT, ...SERVER, protocolVersion: '2026-07-28' };

  test.each(['server/discover', 'tools/list', 'tools/call', 'ping'])(
    'is known from the first result on, of %s as well',
    (method) => {
      const { client, server, operations, sessions } = recordedConversation();
      client({ id: 'server-discover-probe-1', method, params: envelope() });
      server({ id: 'server-discover-probe-1', result: { ...named(), resultType: 'complete' } });
      expect(operations.map(({ session }) => session)).toEqual([known]);
      expect(sessions).toEqual([known]);
    },
  );

  test('an error does not accept what the request said', () => {
    const { client, server, operations, sessions } = recordedConversation();
    const params = envelope({ [`${KEY}protocolVersion`]: '2030-01-01' });
    client({ id: 1, method: 'server/discover', params });
    server({ id: 1, error: { code: -32022, message: 'no', data: { supported: ['2026-07-28'] } } });
    expect(operations).toMatchObject([{ outcome: 'error', rpcError: { code: -32022 } }]);
    expect(operations[0]!.session).toEqual(SESSION);
    expect(sessions).toEqual([]);
  });

  test('a failed tool names the server as well', () => {
    const { client, server, sessions } = recordedConversation();
    client({ id: 1, method: 'tools/call', params: { name: 'a', ...envelope() } });
    server({ id: 1, result: { isError: true, content: [], ...named({ name: 'x', version: '' }) } });
    expect(sessions).toEqual([
      { ...SESSION, ...CLIENT, protocolVersion: '2026-07-28', serverName: 'x' },
    ]);
  });

  test('what is said again and again is news once', () => {
    const { client, server, sessions, operations } = recordedConversation();
    for (let id = 0; id < 3; id++) {
      client({ id, method: 'tools/list', params: envelope() });
      server({ id, result: named() });
    }
    expect(sessions).toHaveLength(1);
    // One object: what spans of a session have in common is encoded once.
    expect(new Set(operations.map(({ session }) => session)).size).toBe(1);
  });

  test('requests of both eras on one connection forget nothing', () => {
    const { client, server, sessions } = recordedConversation();
    client({ id: 1, method: 'tools/list', params: envelope() });
    server({ id: 1, result: named() });
    client({ id: 2, method: 'ping' });
    server({ id: 2, result: {} });
    expect(sessions).toEqual([known]);
  });

  test('an envelope on what the server asks is not the client’s', () => {
    const { client, server, sessions } = recordedConversation();
    server({ id: 1, method: 'roots/list', params: envelope() });
    client({ id: 1, result: named() });
    expect(sessions).toEqual([]);
  });

  test.each([
    ['null', null],
    ['a string', 'x'],
    ['a list', []],
    ['an empty object', {}],
    ['a version that is a number', { [`${KEY}protocolVersion`]: 1, [`${KEY}clientInfo`]: 'x' }],
  ])('_meta that is %s tells nothing', (_, _meta) => {
    const { client, server, sessions } = recordedConversation();
    client({ id: 1, method: 'ping', params: { _meta } });
    server({ id: 1, result: { _meta } });
    expect(sessions).toEqual([]);
  });
});
