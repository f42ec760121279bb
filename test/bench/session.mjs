import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { spawnCounted, spawnPlain } from './counted.mjs';
import { cleanEnvironment } from './environment.mjs';
import { cpuSoFar, memory } from './process-facts.mjs';
import { StderrNotes } from './stderr-notes.mjs';

const PEAK_EVERY_MS = 10;
const LATE_MS = 30_000;

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  },
};
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };
const line = (message) => `${JSON.stringify(message)}\n`;

/** One server's process, spoken to over stdio. */
export class Session {
  /** Called with each line of the server's, without its end; and after those of one read. */
  onLine = () => {};
  onRead = () => {};
  #rest = '';

  /** @param receiver what the variant's environment is made of: `{ url }` */
  constructor(variant, receiver, { counted = false } = {}) {
    this.variant = variant;
    this.began = performance.now();
    const env = cleanEnvironment(variant.env(receiver));
    this.process = (counted ? spawnCounted : spawnPlain)(
      [variant.file, ...variant.args],
      env,
      variant.behind,
    );
    const { child, stderr } = this.process;
    this.stderr = new StderrNotes(stderr);
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => {}); // Told to whoever waits for an answer.
    this.exited = once(child, 'exit').then(([code, signal]) => {
      this.#fail(this.error(`ended with ${code ?? signal}`));
      return { code, at: performance.now() };
    });
    child.stdin.on('error', (error) => this.#fail(this.error(error.message)));
    child.stdout.setEncoding('utf8').on('data', (text) => this.#read(text));
  }

  #fail;

  #read(text) {
    let from = 0;
    for (let end; (end = text.indexOf('\n', from)) !== -1; from = end + 1) {
      this.onLine(this.#rest + text.slice(from, end));
      this.#rest = '';
    }
    this.#rest += text.slice(from);
    this.onRead();
  }

  error(text) {
    return new Error(`${this.variant.name} ${text}; ${this.stderr.notes.slice(-3).join('\n')}`);
  }

  write(text) {
    this.process.child.stdin.write(text);
  }

  /** The promise's value, or the error of a server that has ended before. */
  wait(promise) {
    return Promise.race([promise, this.failed]);
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

  async memory() {
    return memory(await this.process.pid);
  }

  async cpuSoFar() {
    return cpuSoFar(await this.process.pid);
  }

  /** Ends the server as a client does, by ending its stdin, and waits until it is gone. */
  async end() {
    const pid = await this.process.pid;
    const began = performance.now();
    let peak = memory(pid)?.peak;
    const look = setInterval(() => (peak = memory(pid)?.peak ?? peak), PEAK_EVERY_MS);
    const late = setTimeout(() => process.kill(pid, 'SIGKILL'), LATE_MS);
    this.process.child.stdin.end();
    const { code, at } = await this.exited;
    clearTimeout(late);
    clearInterval(look);
    if (code !== 0) throw this.error(`ended with ${code}`);
    return { exitMs: at - began, peak, cpu: await this.process.cpu };
  }

  /** Where something went wrong: nothing may outlive the benchmark. */
  async kill() {
    const { child, pid } = this.process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const running = await Promise.race([pid, this.exited.then(() => undefined)]);
    if (running !== undefined) process.kill(running, 'SIGKILL');
    await this.exited;
  }
}
