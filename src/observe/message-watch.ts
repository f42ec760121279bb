import { parseJson } from '../json-rpc';
import type { Clock, Moment } from '../tap/clock';
import type { Conversation, Place, Side } from '../tap/conversation';
import { OutliningSplitter, type OutlinedLine } from './outlining-splitter';

export interface MessageWatchOptions {
  readonly from: Side;
  readonly conversation: Conversation;
  readonly clock: Clock;
  /** A line that is no message: the beginning of it. */
  readonly onNoise?: (beginning: string) => void;
}

/** A longer line is not parsed: only what telemetry needs is picked out of it, as it passes. */
export const MAX_PARSED_BYTES = 1024 * 1024;
/** What is told of a line that is no message. */
const BEGINNING_CHARACTERS = 120;
const NOT_JSON = 'Parse error: the line is no JSON';

/** Reads what one side says: a message a line. */
export class MessageWatch {
  private readonly splitter = new OutliningSplitter(MAX_PARSED_BYTES);

  constructor(private readonly options: MessageWatchOptions) {}

  /** @param at when it came */
  push(chunk: Buffer, at: Moment): void {
    for (const line of this.splitter.push(chunk)) this.line(line, at);
  }

  /** A last line without its newline counts as well. */
  end(): void {
    for (const line of this.splitter.end()) this.line(line, this.options.clock.now());
  }

  /** @param during runs with the operation of a line that is one request or notification */
  line(line: OutlinedLine, at: Moment, during?: Place['during']): void {
    const said = 'text' in line ? parseJson(line.text) : line.outline;
    const { from, conversation, onNoise } = this.options;
    if (said === undefined) conversation.takeNoise(from, NOT_JSON, at);
    else if (conversation.take(from, said, at, { during })) return;
    onNoise?.('text' in line ? beginningOf(line.text) : `(a line of ${line.bytes} bytes)`);
  }
}

function beginningOf(text: string): string {
  const shown = text.trim();
  return shown.length > BEGINNING_CHARACTERS ? `${shown.slice(0, BEGINNING_CHARACTERS)}…` : shown;
}
