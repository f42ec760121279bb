import { performance } from 'node:perf_hooks';

/** Of the call by which a server's form of an answer is learnt: numbers that nothing else has. */
const LEARN = { id: 900000001, a: '7654321', b: '1234567', result: '8888888' };

const request = (id, a, b) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"add","arguments":{"a":${a},"b":${b}}}}\n`;

/** Operands of small calls, different from call to call. */
export const small = (i) => ({ a: `${i}`, b: '1', result: `${i + 1}` });

/** Operands of so many digits each, as strings; no carry, so that the result has as many. */
export function long(digits) {
  const of = (digit) => digit.repeat(digits);
  return () => ({ a: `"${of('7')}"`, b: `"${of('1')}"`, result: of('8') });
}

/**
 * Calls `add` over a session, and checks every answer. A whole check would parse each of them; but
 * answers of one server differ in the id and the result alone. So one is parsed, and the others are
 * compared with what it makes expect, as text; one that differs, or comes out of order, is parsed.
 */
export class Caller {
  made = 0;
  #session;
  #parts;

  constructor(session) {
    this.#session = session;
  }

  /** The first call: it teaches the form of the answers. */
  async #learn() {
    const { id, a, b, result } = LEARN;
    const answer = new Promise((resolve) => (this.#session.onLine = resolve));
    this.#session.write(request(id, a, b));
    const text = await this.#session.wait(answer);
    this.#check(text, id, result);
    this.#parts = text.split(new RegExp(`(${id}|${result})`));
    this.made++;
  }

  #expected(id, result) {
    let text = '';
    for (const part of this.#parts) {
      text += part === LEARN.result ? result : part === `${LEARN.id}` ? id : part;
    }
    return text;
  }

  #check(text, id, result) {
    const { id: answered, result: { content, isError } = {} } = JSON.parse(text);
    if (answered !== id || isError || String(content?.[0]?.text) !== result) {
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
    if (!this.#parts) await this.#learn();
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
        const { a, b } = operands(sent);
        text += request(sent, a, b);
      }
      began = performance.now();
      if (text !== '') this.#session.write(text);
    };
    const take = (text) => {
      if (times) times[answered] = performance.now() - began;
      if (text === this.#expected(next, operands(next).result)) {
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
    if (!this.#parts) await this.#learn();
    return this.calls(made - this.made, options);
  }
}
