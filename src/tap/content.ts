import { boundedJson, cutText, MAX_CONTENT_CHARACTERS, MAX_NAME_CHARACTERS } from './bounded-json';
import type { Operation } from './operation';
import type { Redaction } from './redaction';
import { scalarArguments } from './scalar-arguments';

const MAX_NUMERIC_ARGUMENTS = 16;

export interface ContentOptions {
  /**
   * The server is not ours: what it is told and says may hold secrets. Whether the value under a key
   * is one.
   */
  readonly hides?: Redaction;
  /** Reads an argument or a result as the nearest double, where it is a number at all. */
  readonly readNumber: (value: unknown) => number | undefined;
}

/** What is kept of a call's arguments and of its result. */
export class Content {
  constructor(private readonly options: ContentOptions) {}

  text(value: unknown): string {
    return boundedJson(value, MAX_CONTENT_CHARACTERS, this.options.hides);
  }

  /** Of our own tools, whose arguments are numbers. */
  numbers(args: unknown): Operation['numericArguments'] {
    if (this.options.hides) return undefined;
    const numbers: Record<string, number> = {};
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return numbers;
    let seen = 0;
    for (const name in args) {
      if (++seen > MAX_NUMERIC_ARGUMENTS) break;
      const number = this.options.readNumber((args as Record<string, unknown>)[name]);
      if (number !== undefined) numbers[cutText(name, MAX_NAME_CHARACTERS)] = number;
    }
    return numbers;
  }

  /** Of others' tools. */
  scalars(args: unknown): Operation['scalarArguments'] {
    return this.options.hides && scalarArguments(args, this.options.hides);
  }

  keepResult(operation: Operation, result: unknown): void {
    if (typeof result !== 'object' || result === null) return;
    const { structuredContent, content } = result as Record<string, unknown>;
    // Of a message that was too long to be parsed neither is there.
    const shown = structuredContent ?? content;
    if (shown !== undefined) operation.resultText = this.text(shown);
    if (this.options.hides?.('result')) return;
    operation.numericResult = this.options.readNumber(
      (structuredContent as Record<string, unknown> | undefined)?.['result'],
    );
  }
}
