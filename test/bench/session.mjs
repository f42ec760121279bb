import { performance } from 'node:perf_hooks';
import { INITIALIZE, INITIALIZED } from './handshake.mjs';
import { ServerProcess } from './server-process.mjs';

const line = (message) => `${JSON.stringify(message)}\n`;

/** One server's process, spoken to over stdio. */
export class Session extends ServerProcess {
  /** Called with each line of the server's, without its end; and after those of one read. */
  onLine = () => {};
  onRead = () => {};
  #rest = '';

  constructor(variant, receiver, options) {
    super(variant, receiver, options);
    this.process.child.stdout.setEncoding('utf8').on('data', (text) => this.#read(text));
  }

  #read(text) {
    let from = 0;
    for (let end; (end = text.indexOf('\n', from)) !== -1; from = end + 1) {
      this.onLine(this.#rest + text.slice(from, end));
      this.#rest = '';
    }
    this.#rest += text.slice(from);
    this.onRead();
  }

  write(text) {
    this.process.child.stdin.write(text);
  }

  /** Resolves with the milliseconds from the spawn, or from now, to the reply. */
  async initialize({ from = this.began } = {}) {
    const reply = new Promise((resolve) => (this.onLine = resolve));
    this.write(line(INITIALIZE));
    const text = await this.wait(reply);
    const took = performance.now() - from;
    this.onLine = () => {};
    if (!JSON.parse(text).result?.serverInfo) throw this.error(`answered ${text}`);
    this.write(line(INITIALIZED));
    return took;
  }

  /** As a client does it. */
  stop() {
    this.process.child.stdin.end();
  }
}
