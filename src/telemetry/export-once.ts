import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ClientRequest } from 'node:http';
import type { Answer, Answers } from './answers';
import { networkError } from './network-error';
import type { PartialSuccess, PartialSuccesses } from './partial-success';

/** An export that came to nothing: with the receiver's answer, or with what kept it from answering. */
export class ExportFailure extends Error {
  override readonly name = 'ExportFailure';

  constructor(
    message: string,
    readonly answer?: Answer,
    /** An error code such as ECONNREFUSED. */
    readonly problem?: string,
    /** It went out on a kept connection that the receiver had closed: that says nothing of it. */
    readonly isStale = false,
  ) {
    super(message);
  }
}

/** As much of OpenTelemetry's exporters as an export needs. */
export interface Exporter<T> {
  export(items: T, callback: (result: ExportResult) => void): void;
}

export interface ExportOptions {
  readonly answers: Answers;
  readonly partial: PartialSuccesses;
  /** What the exporter was given. */
  readonly timeoutMillis: number;
}

/** The exporters end a silent request by themselves; this ends one that gets a byte a second. */
const GRACE_MILLIS = 500;
/** Node fires a longer timer at once. */
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;

/**
 * One export as a promise. Rejects with an `ExportFailure` where the receiver is at fault.
 *
 * @returns what a receiver that took a part says of the rest
 */
export function exportOnce<T>(
  exporter: Exporter<T>,
  items: T,
  { answers, partial, timeoutMillis }: ExportOptions,
): Promise<PartialSuccess | undefined> {
  return new Promise((resolve, reject) => {
    let request: ClientRequest | undefined;
    let last: Answer | undefined;
    const timer = setTimeout(
      () => {
        reject(new ExportFailure(`no answer in ${timeoutMillis} ms`));
        request?.destroy();
      },
      Math.min(timeoutMillis + GRACE_MILLIS, LONGEST_TIMER_MILLIS),
    );
    const listener = {
      onRequest: (started: ClientRequest) => {
        request = started;
      },
      onAnswer: (answer: Answer) => {
        last = answer;
      },
    };
    answers.during(listener, () =>
      exporter.export(items, ({ code, error }) => {
        clearTimeout(timer);
        // Said right before this call, if at all.
        const left = partial.take();
        if (code === ExportResultCode.SUCCESS && !last?.isWebPage) resolve(left);
        else reject(failureOf(error, last, request));
      }),
    );
  });
}

/**
 * A consent whose body never ended counts as no answer.
 *
 * @returns the error itself where nothing was sent: then the fault is on this side
 */
function failureOf(
  error: Error | undefined,
  answer: Answer | undefined,
  request: ClientRequest | undefined,
): Error {
  if (answer && (answer.status >= 300 || answer.isWebPage))
    return new ExportFailure(`answered ${answer.status}`, answer);
  const { code, message } = networkError(error);
  if (request === undefined && code === undefined) return error ?? new Error('the export failed');
  const isStale = request?.reusedSocket === true && CUT.has(code ?? '');
  return new ExportFailure(message, undefined, code, isStale);
}

/** What a write to a closed connection comes to. */
const CUT = new Set(['ECONNRESET', 'EPIPE']);
