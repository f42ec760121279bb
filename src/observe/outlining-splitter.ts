import { Outline } from '../tap/json-text/outline';
import {
  LineCutter,
  MAX_LINE_BYTES,
  type LongLine,
  type TextLine,
} from '../transport/line-splitter';

/** A line without its end, or the outline of one that was too long to keep (see `Outline`). */
export type OutlinedLine = TextLine | LongLineOutline;

export interface LongLineOutline {
  /** Undefined where the line was no JSON object or array. */
  readonly outline: unknown;
  /** How long the line was. */
  readonly bytes: number;
}

/**
 * Cuts a byte stream into lines of which none is too long: what is longer than `maxBytes` is outlined
 * as it comes, and takes no more memory than that.
 */
export class OutliningSplitter extends LineCutter<LongLineOutline> {
  constructor(maxBytes = MAX_LINE_BYTES) {
    super(maxBytes);
  }

  protected override beginLong(): LongLine<LongLineOutline> {
    const outline = new Outline();
    return {
      push: (part) => outline.push(part),
      end: (bytes) => ({ outline: outline.end(), bytes }),
    };
  }
}
