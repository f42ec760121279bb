import { startReceiver } from '../support/receiver';
import { stopAll } from '../support/cli';
import { command } from './support/command';

afterEach(stopAll);

describe('call', () => {
  test.each([
    [['add', '0.1', '0.2'], '0.3'],
    [['add', '9007199254740993', '1'], '9007199254740994'],
    [['subtract', '1', '-1'], '2'],
    [['add', '-1', '-2.5'], '-3.5'],
    [['add', '-.5', '1'], '0.5'],
    [['multiply', '-1e5', '2'], '-200000'],
    [['add', '--', '-1', '2'], '1'],
    [['divide', '1', '8'], '0.125'],
    [['divide', '1', '3'], `0.${'3'.repeat(34)}`],
    [['add', '1,234.5', '1'], '1235.5'],
    [['add', '1', '2', '--log-level', 'error'], '3'],
  ])('%j', async (args, text) => {
    expect(await command(['call', ...args])).toEqual({ code: 0, stdout: `${text}\n`, stderr: '' });
  });

  test('what is for serve alone is not minded, not even where it is wrong', async () => {
    const env = { TS_CALCULATOR_TRANSPORT: 'http', TS_CALCULATOR_PORT: 'none' };
    expect(await command(['call', 'add', '1', '2'], { env })).toMatchObject({
      code: 0,
      stdout: '3\n',
    });
  });

  test.each([
    ['a missing operand', ['add', '1'], /^Both numbers are required for addition: b is missing/],
    ['no operand', ['divide'], /^Both numbers are required for division: a and b are missing/],
    ['a word', ['add', 'x', '1'], /^Operand a is not a number: "x"/],
    ['an empty operand', ['add', '', '1'], /^Operand a is not a number: ""/],
    ['division by zero', ['divide', '1', '0'], /^Division by zero/],
    ['too many operands', ['add', '1', '2', '3'], /add takes 2 operands \(a, b\), got 3/],
    ['a tool mistyped', ['ad', '1', '2'], /^Unknown tool "ad" \(did you mean "add"\?\)/],
    ['a tool unknown', ['modulo', '1', '2'], /^Unknown tool "modulo" \(one of: add, /],
    ['a tool named like a member of Object', ['constructor', '1'], /^Unknown tool "constructor"/],
    ['an option in an operand’s place', ['add', '-x', '2'], /unknown option '-x'/],
  ])('%s: exit 1, the text on stderr', async (_, args, text) => {
    const { code, stdout, stderr } = await command(['call', ...args]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(text);
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  test('--json prints the whole result', async () => {
    const { code, stdout, stderr } = await command(['call', 'divide', '1', '3', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout);
    expect(result.structuredContent).toEqual({
      result: `0.${'3'.repeat(34)}`,
      exact: false,
      fraction: '1/3',
      repeating: '0.(3)',
    });
    expect(result.content[0]).toEqual({ type: 'text', text: `0.${'3'.repeat(34)}` });
  });

  test.each([
    [
      ['divide', '1', '0'],
      { isError: true, _meta: { 'ts-calculator/error_label': 'division_by_zero' } },
    ],
    [['ad', '1', '0'], { error: { code: -32602, message: expect.stringContaining('"add"') } }],
  ])('--json prints a failure of %j too: exit 1', async (args, expected) => {
    const { code, stdout, stderr } = await command(['call', ...args, '--json']);
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject(expected);
  });

  test('a fault that is set is met here too', async () => {
    const { code, stderr } = await command(['call', 'add', '1', '2', '--fault', 'error=1']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--fault')]);
  });

  test('a call is seen like any other', async () => {
    const receiver = await startReceiver();
    const env = { ...receiver.env, OTEL_SDK_DISABLED: 'false' };
    const { code, stdout } = await command(['call', 'add', '0.1', '0.2'], { env });
    await receiver.close();
    expect([code, stdout]).toEqual([0, '0.3\n']);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['tools/call add']);
    expect(receiver.latest('mcp.tools.calls')).toContainEqual(
      expect.objectContaining({ attributes: { tool: 'add' }, value: 1 }),
    );
  });

  test('too many operands are told without waiting for a receiver that hangs', async () => {
    const receiver = await startReceiver();
    receiver.behave({ kind: 'hang' });
    const env = { ...receiver.env, OTEL_SDK_DISABLED: 'false' };
    const { code, stderr } = await command(['call', 'add', '1', '2', '3'], { env });
    await receiver.close();
    expect([code, stderr]).toEqual([1, expect.stringContaining('got 3')]);
  });
});

describe('tools', () => {
  test('a line each', async () => {
    const { code, stdout, stderr } = await command(['tools']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/)[0])).toEqual([
      ...['add', 'subtract', 'multiply', 'divide', ''],
    ]);
    expect(stdout).toMatch(/^add +a b +\w/);
  });

  test('--json: as tools/list has them', async () => {
    const { code, stdout } = await command(['tools', '--json']);
    expect(code).toBe(0);
    const tools = JSON.parse(stdout) as { name: string }[];
    expect(tools.map(({ name }) => name)).toEqual(['add', 'subtract', 'multiply', 'divide']);
    expect(tools[0]).toHaveProperty('inputSchema.properties.a');
  });
});

test('a wrong command line ends at once, whatever else there is to warn of', async () => {
  const env = { OTEL_BSP_MAX_QUEUE_SIZE: 'x' };
  const { code, stdout } = await command(['call', 'add', '1', '2', '3'], { env });
  expect([code, stdout]).toEqual([1, '']);
});
