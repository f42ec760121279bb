import { createHandler } from '../../src/http/handler';
import { ask } from '../support/http-client';
import { closeAll, listening } from './listening';

afterEach(closeAll);

// A fault of ours: told to us, not to the client, and the next request is answered.

test.each([
  ['thrown', () => raise()],
  ['rejected', async () => raise()],
])('%s: 500, with a JSON-RPC error that tells nothing', async (_, endpoint) => {
  const faults: unknown[] = [];
  const pass = () => undefined;
  const { url } = await listening(
    createHandler({
      routes: { '/': { methods: { GET: endpoint } } },
      guards: { host: pass, origin: pass, token: pass },
      allowedOrigins: [],
      onRefused: pass,
      onFault: (error) => faults.push(error),
    }),
  );
  for (const count of [1, 2]) {
    const reply = await ask(url);
    expect(reply.status).toBe(500);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(JSON.parse(reply.text)).toEqual({
      jsonrpc: '2.0',
      error: { code: -32603, message: 'Internal error' },
    });
    expect(faults).toHaveLength(count);
  }
});

function raise(): never {
  throw new Error('at /home/someone/secret.ts');
}
