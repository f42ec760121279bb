import { Buffer } from 'node:buffer';
import { countLogs, eachCount, eachSpanId } from './otlp.mjs';
import { eachSentrySpan } from './sentry.mjs';

const ID_BYTES = 8;
/** Of what has not been counted yet. */
const MOST_UNREAD_BYTES = 256 * 1024 * 1024;

/**
 * What was received. It is counted when someone asks, or when there is much of it: a receiver's own work
 * must not vie for the cores with the server that is measured. Then nothing is kept but the spans' ids.
 */
export class Tally {
  #unread = [];
  #unreadBytes = 0;
  #ids = Buffer.alloc(1024 * ID_BYTES);
  #spans = 0;
  #logs = 0;
  #points = 0;
  #requests = 0;
  /** Metric name → its label sets → the newest value. */
  #counts = new Map();

  /** @param path the request's; @param body its bytes, decompressed */
  add(path, body) {
    this.#requests++;
    this.#unread.push([path, body]);
    this.#unreadBytes += body.length;
    if (this.#unreadBytes > MOST_UNREAD_BYTES) this.#readAll();
  }

  #readAll() {
    for (const [path, body] of this.#unread) this.#read(path, body);
    this.#unread = [];
    this.#unreadBytes = 0;
  }

  #read(path, body) {
    if (path.endsWith('/v1/traces')) eachSpanId(body, (from, at) => this.#span(from, at));
    else if (path.endsWith('/v1/logs')) this.#logs += countLogs(body);
    else if (path.endsWith('/v1/metrics')) eachCount(body, (...point) => this.#point(...point));
    else if (path.includes('/envelope')) {
      eachSentrySpan(body, (id) => this.#span(Buffer.from(id, 'hex'), 0));
    } else throw new Error(`nobody sends to ${path}`);
  }

  #span(from, at) {
    const place = this.#spans++ * ID_BYTES;
    if (place === this.#ids.length) this.#ids = Buffer.concat([this.#ids, Buffer.alloc(place)]);
    from.copy(this.#ids, place, at, at + ID_BYTES);
  }

  #point(name, labels, value) {
    this.#points++;
    const values = this.#counts.get(name) ?? new Map();
    this.#counts.set(name, values.set(labels, value));
  }

  /** @param exactly whether the spans' ids are compared, too: it takes a while */
  report(exactly) {
    this.#readAll();
    const sums = [...this.#counts].map(([name, values]) => [
      name,
      [...values.values()].reduce((sum, value) => sum + value, 0),
    ]);
    return {
      requests: this.#requests,
      spans: this.#spans,
      distinct: exactly ? this.#distinct() : undefined,
      logs: this.#logs,
      points: this.#points,
      sums: Object.fromEntries(sums),
    };
  }

  #distinct() {
    const bytes = Uint8Array.from(this.#ids.subarray(0, this.#spans * ID_BYTES));
    const ids = new BigUint64Array(bytes.buffer).sort();
    return ids.reduce((count, id, i) => count + (i === 0 || id !== ids[i - 1] ? 1 : 0), 0);
  }
}
