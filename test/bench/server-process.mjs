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

/** One server's process; how it is spoken to, and asked to end, is its transport's affair. */
export class ServerProcess {
  #fail;

  /**
   * @param receiver what the variant's environment is made of: `{ url }`
   * @param counted whether its CPU is counted to the end
   * @param args what the server is given beside the variant's own
   */
  constructor(variant, receiver, { counted = false, args = [] } = {}) {
    this.variant = variant;
    this.began = performance.now();
    const env = cleanEnvironment(variant.env(receiver));
    this.process = (counted ? spawnCounted : spawnPlain)(
      [variant.file, ...variant.args, ...args],
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
  }

  error(text) {
    return new Error(`${this.variant.name} ${text}; ${this.stderr.notes.slice(-3).join('\n')}`);
  }

  /** The promise's value, or the error of a server that has ended before. */
  wait(promise) {
    return Promise.race([promise, this.failed]);
  }

  async memory() {
    return memory(await this.process.pid);
  }

  async cpuSoFar() {
    return cpuSoFar(await this.process.pid);
  }

  /** Ends the server as its transport has it (`stop`), and waits until it is gone. */
  async end() {
    const pid = await this.process.pid;
    const began = performance.now();
    let peak = memory(pid)?.peak;
    const look = setInterval(() => (peak = memory(pid)?.peak ?? peak), PEAK_EVERY_MS);
    const late = setTimeout(() => process.kill(pid, 'SIGKILL'), LATE_MS);
    this.stop(pid);
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
