import type { Cli, RpcMessage } from '../../support/cli';

/** A step of the scripted session and what the contract says that it leaves behind. */
export interface Row {
  title: string;
  act: (cli: Cli, id: string) => Promise<unknown>;
  span: string;
  method: string;
  outcome: 'ok' | 'tool_error' | 'rejected' | 'error' | 'cancelled';
  /** Not where the line had none. */
  hasId?: false;
  notification?: true;
  beforeInitialize?: true;
  tool?: string;
  isToolKnown?: false;
  args?: object;
  numbers?: { a?: number; b?: number };
  result?: number;
  label?: string;
  code?: number;
  /** Absent: the code where there is one (as the log line tells it). */
  errorType?: string;
}

const request =
  (method: string, params?: object): Row['act'] =>
  (cli, id) =>
    cli.request(method, params, id);

type Numbers = Row['numbers'];
const call = (tool: string, args: object, numbers: Numbers, more: Partial<Row>): Row => ({
  title: `${tool} ${JSON.stringify(args)}`.slice(0, 60),
  act: request('tools/call', { name: tool, arguments: args }),
  span: `tools/call ${tool}`,
  method: 'tools/call',
  outcome: 'ok',
  ...{ tool, args, ...(numbers && { numbers }) },
  ...more,
});

const failed = (label: string, tool: string, args: object, numbers?: Numbers): Row =>
  call(tool, args, numbers, { outcome: 'tool_error', label, errorType: 'tool_error' });

const plain = (method: string, params?: object): Row => ({
  title: method,
  act: request(method, params),
  span: method,
  method,
  outcome: 'ok',
});

const rejected = (title: string, code: number, act: Row['act'], more: Partial<Row> = {}): Row => ({
  ...{ title, act, span: 'invalid', method: 'invalid', outcome: 'rejected', code },
  ...more,
});

/** Sends a line and waits for what it is answered with. */
const line =
  (text: (id: string) => string | object): Row['act'] =>
  (cli, id) => {
    const before = cli.messages.length;
    cli.send(text(id));
    return cli.waitFor(() => cli.messages[before]);
  };

/** What is never answered: a `ping` behind it would be another row, and the next row waits anyway. */
const silent =
  (message: object): Row['act'] =>
  async (cli) =>
    cli.send(message);

const notification = (method: string, span = method): Row => ({
  title: method,
  act: silent({ jsonrpc: '2.0', method }),
  ...{ span, method, outcome: 'ok', hasId: false, notification: true },
});

const clientInfo = { name: 'test-client', version: '1.2.3' };

export const ROWS: Row[] = [
  { ...plain('ping'), title: 'a ping before initialize', beforeInitialize: true },
  plain('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }),
  notification('notifications/initialized'),
  plain('ping'),
  plain('tools/list'),
  call('add', { a: 0.1, b: 0.2 }, { a: 0.1, b: 0.2 }, { result: 0.3 }),
  call('subtract', { a: '5', b: '2.5' }, { a: 5, b: 2.5 }, { result: 2.5 }),
  call('multiply', { a: '1e400', b: 2 }, { b: 2 }, {}),
  call('divide', { a: 1, b: 3 }, { a: 1, b: 3 }, { result: 1 / 3 }),
  failed('missing_args', 'add', { a: 1 }, { a: 1 }),
  failed('missing_args', 'subtract', { a: 1, b: null }, { a: 1 }),
  failed('invalid_args', 'multiply', { a: 'five', b: 2 }, { b: 2 }),
  failed('invalid_args', 'add', { a: 1, b: 2, c: 3 }, { a: 1, b: 2 }),
  failed('division_by_zero', 'divide', { a: 1, b: 0 }, { a: 1, b: 0 }),
  failed('limit_exceeded', 'add', { a: '1e10001', b: 1 }, { b: 1 }),
  rejected('an unknown tool', -32602, request('tools/call', { name: 'ad', arguments: { a: 1 } }), {
    ...{ span: 'tools/call', method: 'tools/call', tool: 'ad', isToolKnown: false },
    args: { a: 1 },
    numbers: { a: 1 },
  }),
  rejected('a call without a name', -32602, request('tools/call', {}), {
    ...{ span: 'tools/call', method: 'tools/call', isToolKnown: false },
  }),
  rejected('an unknown method', -32601, request('tools/lisst'), {
    ...{ span: '_OTHER', method: 'tools/lisst' },
  }),
  rejected(
    'an unparsable line',
    -32700,
    line(() => '{"a":'),
    { hasId: false },
  ),
  rejected(
    'an invalid request with an id',
    -32600,
    line((id) => ({ id, method: 'ping' })),
  ),
  rejected(
    'an id that is null',
    -32600,
    line(() => ({ jsonrpc: '2.0', id: null, method: 'ping' })),
    {
      hasId: false,
    },
  ),
  notification('notifications/unheard-of', '_OTHER'),
];

export type Answers = Map<Row, RpcMessage>;
