import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { readResponse } from './response.mjs';

const READ_BYTES = 64 * 1024;
const PATIENCE_MS = 60_000;

/**
 * One kept connection, with one request at a time. It is opened when it is used, and again where the
 * server has closed it meanwhile, as it may.
 */
export class Connection {
  #address;
  #socket;
  #rest = '';
  #asked;

  constructor({ hostname, port }) {
    this.#address = { host: hostname, port: Number(port) };
  }

  /** @param asked whom to tell: `take(response)` or `fail(error)` */
  send(request, asked) {
    this.#asked = asked;
    this.#socket ??= this.#open();
    this.#socket.write(request, 'latin1');
  }

  #open() {
    // Into a buffer that stays, past Node's streams.
    const onread = {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (bytes, buffer) => {
        this.#read(buffer.latin1Slice(0, bytes));
        return true;
      },
    };
    const socket = connect({ ...this.#address, noDelay: true, onread });
    const lost = (why) => this.#lost(socket, why);
    socket.on('error', ({ message }) => lost(message));
    socket.on('close', () => lost('the server closed the connection'));
    socket.setTimeout(PATIENCE_MS, () => lost(`no answer in ${PATIENCE_MS} ms`));
    return socket;
  }

  #read(text) {
    this.#rest += text;
    const asked = this.#asked;
    if (!asked) throw new Error(`nobody asked for ${this.#rest}`);
    try {
      const response = readResponse(this.#rest);
      if (!response) return;
      if (response.end !== this.#rest.length) throw new Error(`too much came: ${this.#rest}`);
      this.#rest = '';
      this.#asked = undefined;
      if (response.closes) this.close();
      asked.take(response);
    } catch (error) {
      this.close();
      asked.fail(error);
    }
  }

  #lost(socket, why) {
    if (socket !== this.#socket) return;
    const asked = this.#asked;
    this.close();
    asked?.fail(new Error(why));
  }

  close() {
    this.#socket?.destroy();
    this.#socket = undefined;
    this.#asked = undefined;
    this.#rest = '';
  }
}
