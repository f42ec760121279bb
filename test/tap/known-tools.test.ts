import { KnownTools, toolsOfList } from '../../src/tap/known-tools';
import { recordedConversation } from './recorded-conversation';

type Recorded = ReturnType<typeof recordedConversation>;

function list({ client, server }: Recorded, ...names: readonly unknown[]): void {
  client({ id: 'list', method: 'tools/list' });
  server({ id: 'list', result: { tools: names.map((name) => ({ name })) } });
}
function call({ client, server, operations }: Recorded, name: string, answer: object = {}) {
  client({ id: 'call', method: 'tools/call', params: { name } });
  server({ id: 'call', result: {}, ...answer });
  return operations.at(-1)!;
}

describe('a tool is known', () => {
  test('when a list has shown it, page after page', () => {
    const recorded = recordedConversation();
    list(recorded, 'greet (structured)');
    list(recorded, 'add');
    const failed = { result: { isError: true, content: [] } };
    expect(call(recorded, 'greet (structured)', failed)).toMatchObject({ toolKnown: true });
    expect(call(recorded, 'add', failed)).toMatchObject({ toolKnown: true });
  });

  test('when it has succeeded', () => {
    const recorded = recordedConversation();
    expect(call(recorded, 'new')).toMatchObject({ tool: 'new', toolKnown: true, outcome: 'ok' });
    expect(recorded.tools.has('new')).toBe(true);
  });

  test('when it asks for more input', () => {
    const result = { resultType: 'input_required', inputRequests: {} };
    expect(call(recordedConversation(), 'ask', { result })).toMatchObject({ toolKnown: true });
  });

  test('by its first 128 characters, as it is called', () => {
    const recorded = recordedConversation();
    list(recorded, 'n'.repeat(100_000));
    const failed = { result: { isError: true, content: [] } };
    expect(call(recorded, 'n'.repeat(100_000), failed)).toMatchObject({
      tool: `${'n'.repeat(127)}…`,
      toolKnown: true,
    });
    expect([...recorded.listed[0]!.keys()]).toEqual([`${'n'.repeat(127)}…`]);
  });
});

describe('a tool that nothing has shown is not', () => {
  test.each<[string, object]>([
    ['a result that says so', { result: { isError: true, content: [{ text: 'Unknown tool' }] } }],
    ['an error', { result: undefined, error: { code: -32602, message: 'Unknown tool' } }],
    ['a fault', { result: undefined, error: { code: -32603, message: 'm' } }],
  ])('answered with %s', (_, answer) => {
    const recorded = recordedConversation();
    expect(call(recorded, 'nope', answer)).toMatchObject({ tool: 'nope', toolKnown: false });
    expect(recorded.tools.has('nope')).toBe(false);
  });

  test('cancelled or cut off', () => {
    const { client, conversation, operations, tools } = recordedConversation();
    client({ id: 1, method: 'tools/call', params: { name: 'one' } });
    client({ id: 2, method: 'tools/call', params: { name: 'two' } });
    client({ method: 'notifications/cancelled', params: { requestId: 1 } });
    conversation.close();
    expect(operations.filter(({ toolKnown }) => toolKnown)).toEqual([]);
    expect([tools.has('one'), tools.has('two')]).toEqual([false, false]);
  });

  test('a list by the client, or one in an error', () => {
    const { client, server, listed } = recordedConversation();
    server({ id: 1, method: 'tools/list' });
    client({ id: 1, result: { tools: [{ name: 'a' }] } });
    client({ id: 1, method: 'tools/list' });
    server({ id: 1, error: { code: -32603, message: 'm', data: { tools: [{ name: 'a' }] } } });
    expect(listed).toEqual([]);
  });

  test('beyond a thousand', () => {
    const tools = new KnownTools();
    for (let i = 0; i < 2_000; i++) tools.add(`t${i}`);
    expect([tools.has('t999'), tools.has('t1000')]).toEqual([true, false]);

    const recorded = recordedConversation();
    list(recorded, ...Array.from({ length: 1_000 }, (_, i) => `t${i}`));
    expect(call(recorded, 't999')).toMatchObject({ toolKnown: true, outcome: 'ok' });
    expect(call(recorded, 'one more')).toMatchObject({ toolKnown: false, outcome: 'ok' });
    const many = { tools: Array.from({ length: 2_000 }, (_, i) => ({ name: `t${i}` })) };
    expect(toolsOfList(many).size).toBe(1_000);
  });
});

describe('a list tells of a tool', () => {
  const factsOf = (tool: unknown) => [...toolsOfList({ tools: [tool] })];

  test('its description and its schema as JSON text', () => {
    const inputSchema = { type: 'object', properties: { password: { type: 'string' } } };
    expect(factsOf({ name: 'a', description: 'Adds', inputSchema, outputSchema: {} })).toEqual([
      ['a', { description: 'Adds', parameters: JSON.stringify(inputSchema) }],
    ]);
  });

  test.each<[string, unknown, object]>([
    ['no schema', { name: 'a' }, { parameters: '{}' }],
    ['null for a schema', { name: 'a', inputSchema: null }, { parameters: '{}' }],
    ['a description that is a number', { name: 'a', description: 1 }, { parameters: '{}' }],
    ['a name with a meaning', { name: '__proto__' }, { parameters: '{}' }],
  ])('%s', (_, tool, facts) => {
    expect(factsOf(tool)).toEqual([[(tool as { name: string }).name, facts]]);
  });

  test('in bounds', () => {
    const long = 'x'.repeat(100_000);
    const facts = factsOf({ name: 'a', description: long, inputSchema: { long } })[0]![1];
    expect(facts).toMatchObject({ description: `${'x'.repeat(4_095)}…` });
    expect(facts.parameters).toHaveLength(4_096);
  });

  test.each([[null], ['a'], [1], [[]], [{}], [{ name: 1 }], [{ name: null }]])(
    'nothing, where it is %j',
    (tool) => expect(factsOf(tool)).toEqual([]),
  );

  test.each([[undefined], [null], ['x'], [[]], [{}], [{ tools: null }], [{ tools: { a: 1 } }]])(
    'no tools, where the result is %j',
    (result) => expect(toolsOfList(result).size).toBe(0),
  );
});
