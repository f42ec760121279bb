import { createInterface } from 'node:readline';

// A small MCP server without an SDK, whose tools do what their names say.

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly name?: string; readonly arguments?: Record<string, unknown> };
  readonly result?: unknown;
}

const say = (message: object) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (text: string) => ({ content: [{ type: 'text', text }] });
const tool = (name: string) => ({ name, description: `${name}s`, inputSchema: { type: 'object' } });

const [, , , name = 'small-server'] = process.argv;
/** The call that asked the client, by the id of what it asked. */
const asking = new Map<unknown, Message['id']>();

const TOOLS: Record<string, (message: Message) => object | undefined> = {
  echo: ({ params }) => ({
    ...text(JSON.stringify(params?.arguments)),
    structuredContent: params?.arguments,
  }),
  fail: ({ params }) => ({ ...text(`cannot do ${JSON.stringify(params)}`), isError: true }),
  die: () => process.exit(9),
  hang: () => undefined,
  print: () => {
    process.stdout.write('  a banner, "quoted"\nand more\n{"level":"info"}\n');
    return text('printed');
  },
  log: ({ id }) => {
    process.stderr.write('WARNING: it is late\n');
    // Later than the line: stdout is another pipe.
    setTimeout(() => say({ id, result: text('logged') }), 200);
    return undefined;
  },
  ask: ({ id }) => {
    asking.set(1, id);
    say({ id: 1, method: 'sampling/createMessage', params: { messages: [], maxTokens: 1 } });
    return undefined;
  },
};

function answer(message: Message): object | undefined {
  switch (message.method) {
    case 'initialize':
      return {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        ...(name !== 'nameless' && { serverInfo: { name, version: '4.5.6' } }),
      };
    case 'tools/list':
      return { tools: Object.keys(TOOLS).map(tool) };
    case 'tools/call':
      return TOOLS[message.params?.name ?? '']?.(message);
    default:
      return {};
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line) as Message;
  if (message.id === undefined) return;
  if (message.method === undefined) {
    say({ id: asking.get(message.id), result: text('asked') });
    return;
  }
  const known = message.method !== 'tools/call' || Object.hasOwn(TOOLS, message.params?.name ?? '');
  const result = known ? answer(message) : undefined;
  if (result) say({ id: message.id, result });
  if (!known) {
    say({ id: message.id, error: { code: -32602, message: `no ${message.params?.name}` } });
  }
});
