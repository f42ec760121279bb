// A client of the TypeScript SDK goes through a session: what both versions have in common.
import console from 'node:console';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** What test/servers/support/session.ts tells to do. */
export const { command, args, env, negotiation, root, steps } = JSON.parse(process.argv[2]);

/** What a user would answer to a server's requests. */
export const REPLIES = {
  'roots/list': { roots: [{ uri: String(pathToFileURL(root)), name: 'root' }] },
  'sampling/createMessage': {
    role: 'assistant',
    model: 'a-model',
    stopReason: 'endTurn',
    content: { type: 'text', text: 'sampled' },
  },
  'elicitation/create': { action: 'accept', content: { name: 'Ada', random: 'x' } },
};

export const CAPABILITIES = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {} },
};

/** The client's own function for a method; what it has none for is sent as a bare request. */
const FUNCTIONS = {
  ping: 'ping',
  'tools/list': 'listTools',
  'prompts/list': 'listPrompts',
  'prompts/get': 'getPrompt',
  'resources/list': 'listResources',
  'resources/read': 'readResource',
  'resources/templates/list': 'listResourceTemplates',
  'completion/complete': 'complete',
};

/** After a request of the server's: the reply to it leaves before our next request. */
const SETTLE_MILLIS = 30;

/**
 * Connects, takes the steps one after the other, prints what each came to as a line of JSON, and
 * leaves.
 *
 * @param callTool(params, options) and request({method, params}, options): where the versions differ
 */
export async function drive(client, transport, { callTool, request }) {
  await client.connect(transport);
  const received = [];
  const onmessage = transport.onmessage;
  transport.onmessage = (message, extra) => {
    received.push(message.method);
    onmessage(message, extra);
  };
  const told = { server: client.getServerVersion(), capabilities: client.getServerCapabilities() };
  console.log(JSON.stringify(told));

  for (const { ask, params, cancel, wait, times = 1 } of steps) {
    if (wait) {
      while (received.filter((method) => method === wait).length < times) await pause(10);
      await pause(SETTLE_MILLIS);
      continue;
    }
    const abort = new globalThis.AbortController();
    const onprogress = () => cancel && abort.abort('no longer wanted');
    const options = { signal: abort.signal, onprogress };
    const asked = ask === 'tools/call' ? callTool(params, options) : plain(ask, params);
    const came = await asked.then(
      (result) => ({ result }),
      ({ code, message, data }) => ({ error: { code, message, data } }),
    );
    console.log(JSON.stringify({ ask, ...came }));
  }
  await client.close();

  function plain(method, params) {
    const name = FUNCTIONS[method];
    return name ? client[name](params) : request({ method, params });
  }
}
