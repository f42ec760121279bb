import {
  OTLPExporterError,
  type ExportResponse,
  type IExporterTransport,
} from '@opentelemetry/otlp-exporter-base';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SignalSettings } from '../config/settings';
import { VERSION } from '../version';

/** What a receiver answered, as far as it matters to what is done next. */
export interface Answer {
  readonly status: number;
  readonly retryAfterMillis?: number;
  readonly isWebPage: boolean;
}

/** An export that came to nothing: with the receiver's answer, or with what kept it from answering. */
export class ExportFailure extends OTLPExporterError {
  constructor(
    message: string,
    readonly answer?: Answer,
    /** An error code such as ECONNREFUSED. */
    readonly problem?: string,
  ) {
    super(message, answer?.status);
  }
}

const USER_AGENT = `ts-calculator/${VERSION} OTel-OTLP-Exporter-JavaScript`;
/** An answer is a few bytes; what is longer is no OTLP receiver's. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * One POST an export. OpenTelemetry's own transport retries for itself, out of sight: beside other
 * exports it would ask again before `Retry-After`, and keep records at the end. It also waits without
 * end for a receiver that sends a byte a second, and takes a web page for success.
 */
export class OtlpTransport implements IExporterTransport {
  private readonly agent: http.Agent;
  private readonly client: typeof http | typeof https;

  constructor(
    private readonly signal: Pick<SignalSettings, 'url' | 'headers' | 'compression' | 'tls'>,
  ) {
    this.client = new URL(signal.url).protocol === 'https:' ? https : http;
    this.agent = new this.client.Agent({ keepAlive: true, ...signal.tls });
  }

  /** Never rejects; a failure's error is an `ExportFailure`. */
  async send(data: Uint8Array, timeoutMillis: number): Promise<ExportResponse> {
    try {
      const body = this.signal.compression === 'gzip' ? await promisify(gzip)(data) : data;
      return { status: 'success', data: await this.post(body, timeoutMillis) };
    } catch (error) {
      return { status: 'failure', error: toFailure(error) };
    }
  }

  shutdown(): void {
    this.agent.destroy();
  }

  private post(body: Uint8Array, timeoutMillis: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const request = this.client.request(this.signal.url, {
        method: 'POST',
        agent: this.agent,
        headers: {
          'user-agent': USER_AGENT,
          ...this.signal.headers,
          'content-type': 'application/x-protobuf',
          'content-length': body.byteLength,
          ...(this.signal.compression === 'gzip' && { 'content-encoding': 'gzip' }),
        },
      });
      let late: ExportFailure | undefined;
      const timer = setTimeout(() => {
        late = new ExportFailure(`no answer in ${timeoutMillis} ms`);
        request.destroy(late);
      }, timeoutMillis);
      const fail = (error: unknown) => reject(late ?? error);
      request.on('response', (response) => void read(response).then(resolve, fail));
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The receiver closed the idle connection just now: Node's documentation says to ask again.
        if (!late && request.reusedSocket && error.code === 'ECONNRESET') {
          this.post(body, timeoutMillis).then(resolve, reject);
        } else fail(error);
      });
      request.on('close', () => clearTimeout(timer));
      request.end(body);
    });
  }
}

/** @throws {ExportFailure} where the answer is anything but an OTLP receiver's consent */
async function read(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  const answer = answerOf(response);
  if (answer.isWebPage || answer.status < 200 || answer.status > 299) {
    throw new ExportFailure(`answered ${answer.status}`, answer);
  }
  return Buffer.concat(chunks);
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  const retryAfterMillis = parseRetryAfter(headers['retry-after']);
  return {
    status: statusCode,
    isWebPage:
      statusCode === 200 && headers['content-type']?.toLowerCase().startsWith('text/html') === true,
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
  };
}

/**
 * RFC 9110, 10.2.3: seconds or a date.
 *
 * @returns milliseconds from now, never negative; undefined where it is neither
 */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const millis = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(millis) ? undefined : Math.max(0, millis);
}

function toFailure(error: unknown): ExportFailure {
  if (error instanceof ExportFailure) return error;
  // `localhost` may be two addresses: Node then gives the errors of both as one.
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: Error[] };
  return new ExportFailure(message || errors?.[0]?.message || String(code), undefined, code);
}
