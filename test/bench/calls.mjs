import { performance } from 'node:perf_hooks';
import { call, Form, isRight, LEARN, small } from './answers.mjs';

/** Calls `add` over a session, and checks every answer. */
export class Caller {
  made = 0;
  #session;
  #form;

  constructor(session) {
    this.#session = session;
  }

  /** The first call: it teaches the form of the answers. */
  async #learn() {
    const answer = new Promise((resolve) => (this.#session.onLine = resolve));
    this.#session.write(`${call(LEARN.id, LEARN)}\n`);
    const text = await this.#session.wait(answer);
    this.#check(text, LEARN.id, LEARN.result);
    this.#form = new Form(text);
    this.made++;
  }

  #check(text, id, result) {
    if (!isRight(text, id, result)) {
      throw this.#session.error(`answered ${text} where ${result} was right`);
    }
  }

  /**
   * Makes so many calls, so many in flight, and resolves when all are answered, rightly and once.
   *
   * @param times takes the milliseconds of each call, where one at a time is in flight
   * @returns calls a second
   */
  async calls(count, { inFlight = 1, operands = small, times } = {}) {
    if (!this.#form) await this.#learn();
    const first = this.made;
    const upTo = first + count;
    let sent = first;
    let next = first; // The oldest call without an answer.
    let answered = 0;
    const early = new Set();
    let began = 0;

    const send = () => {
      let text = '';
      for (const until = Math.min(upTo, first + answered + inFlight); sent < until; sent++) {
        text += `${call(sent, operands(sent))}\n`;
      }
      began = performance.now();
      if (text !== '') this.#session.write(text);
    };
    const take = (text) => {
      if (times) times[answered] = performance.now() - began;
      if (text === this.#form.expected(next, operands(next).result)) {
        next++;
      } else {
        const { id } = JSON.parse(text);
        if (id === undefined) return; // A notification.
        if (!(id >= next && id < sent) || early.has(id)) {
          throw this.#session.error(`answered ${id} out of turn`);
        }
        this.#check(text, id, operands(id).result);
        early.add(id);
      }
      while (early.delete(next)) next++;
      answered++;
    };

    const done = new Promise((resolve, reject) => {
      this.#session.onLine = (text) => {
        try {
          take(text);
        } catch (error) {
          reject(error);
        }
      };
      this.#session.onRead = () => {
        if (answered === count) resolve();
        else send();
      };
      send();
    });
    const start = performance.now();
    await this.#session.wait(done);
    this.#session.onLine = this.#session.onRead = () => {};
    this.made += count;
    return count / ((performance.now() - start) / 1_000);
  }

  /** The same until so many calls were made in all. */
  async upTo(made, options) {
    if (!this.#form) await this.#learn();
    return this.calls(made - this.made, options);
  }
}
