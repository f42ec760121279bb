import process from 'node:process';
import { ServerProcess } from './server-process.mjs';

const ADDRESS = /listening on (http:\/\/\S+)/;

/** One server's process, spoken to over HTTP by the client's. */
export class HttpServer extends ServerProcess {
  /** JSON-RPC messages that the client has sent: `{ requests, notifications }`. */
  made;
  #client;

  constructor(variant, receiver, client, options) {
    super(variant, receiver, options);
    this.#client = client;
    this.process.child.stdout.resume();
  }

  /** Connects the client, once the server tells its address. */
  async connect(connections) {
    await this.#ask({ connect: { url: await this.#address(), connections } });
  }

  #address() {
    const { stderr } = this.process;
    return this.wait(
      new Promise((resolve) => {
        let told = '';
        stderr.on('data', function look(text) {
          told += text;
          const found = ADDRESS.exec(told);
          if (!found) return;
          stderr.off('data', look);
          resolve(found[1]);
        });
      }),
    );
  }

  openSessions(count) {
    return this.#ask({ open: count });
  }

  /**
   * Makes so many calls over all connections.
   *
   * @returns `callsPerSecond`; `p50` and `p99` in milliseconds
   */
  calls(count) {
    return this.#ask({ calls: count });
  }

  async #ask(message) {
    const asked = this.#client.ask(message).catch((error) => {
      throw this.error(error.message);
    });
    const { made, ...found } = await this.wait(asked);
    this.made = made;
    return found;
  }

  stop(pid) {
    process.kill(pid, 'SIGTERM');
  }

  async kill() {
    await Promise.allSettled([this.#client.ask({ close: true }), super.kill()]);
  }
}

/**
 * Runs a body with a variant's server over HTTP, which is ended whatever happens.
 *
 * @param context `{ receiver, client }`: the benchmark's processes
 * @param options `connections`: so many; `sessions`: opened first, 0 for calls without one
 */
export async function withHttp(variant, { receiver, client }, { connections, sessions }, body) {
  const args = sessions === 0 ? variant.stateless : [];
  const server = new HttpServer(variant, receiver, client, { args });
  try {
    await server.connect(connections);
    if (sessions > 0) await server.openSessions(sessions);
    return await body(server);
  } finally {
    await server.kill();
  }
}
