const FIRST_BYTES = 64 * 1024;
/** More than a field's tags, lengths and number take. */
const FIELD_BYTES = 32;
/** Up to so many characters a loop is faster than a call into Node. */
const SHORT_TEXT = 48;

/**
 * Writes protobuf's fields one after the other, in one pass, into memory that is used again. A tag is
 * a field's number and type as they go over the wire: `number << 3 | type`.
 */
export class ProtobufWriter {
  protected bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  protected view = viewOf(this.bytes);
  protected position = 0;

  get length(): number {
    return this.position;
  }

  /**
   * Starts anew, after some room for what is known at the end alone.
   *
   * @param memory to write to: what was written to before is the caller's now
   * @returns that
   */
  restart(room: number, memory: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)): Buffer {
    const written = this.bytes;
    this.bytes = memory;
    this.view = viewOf(memory);
    this.position = room;
    return written;
  }

  /** A copy of what was written; what comes next starts anew. */
  take(): Uint8Array {
    const taken = Uint8Array.prototype.slice.call(this.bytes, 0, this.position);
    this.position = 0;
    return taken;
  }

  /** Takes back what was written after so many bytes. */
  rewind(length: number): void {
    this.position = length;
  }

  /** Fields that were written before. */
  raw(fields: Uint8Array): void {
    this.reserve(fields.length);
    this.bytes.set(fields, this.position);
    this.position += fields.length;
  }

  /**
   * Begins a message inside this one.
   *
   * @param room bytes that its length will take, as a guess: most spans are between 128 B and 16 KB
   * @returns what `end` wants to know
   */
  begin(tag: number, room = 2): number {
    this.reserve(0);
    this.bytes[this.position++] = tag;
    this.position += room;
    return this.position;
  }

  end(start: number, room = 2): void {
    const length = this.position - start;
    const size = varintSize(length);
    if (size !== room) {
      this.reserve(0);
      this.bytes.copyWithin(start + size - room, start, this.position);
    }
    this.position = start - room;
    this.varint(length);
    this.position += length;
  }

  /** A whole number below 2³¹. */
  uint(tag: number, value: number): void {
    this.reserve(0);
    this.varint(tag);
    this.varint(value);
  }

  fixed32(tag: number, value: number): void {
    this.reserve(0);
    this.varint(tag);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  string(tag: number, text: string): void {
    this.reserve(3 * text.length);
    const start = this.position;
    if (this.tryString(tag, text, text.length)) return;
    this.position = start;
    this.tryString(tag, text, Buffer.byteLength(text));
  }

  /** @returns whether the text took as many bytes. The first guess is one a character: most text is ASCII. */
  protected tryString(tag: number, text: string, size: number): boolean {
    const { bytes } = this;
    bytes[this.position++] = tag;
    this.varint(size);
    const { position } = this;
    this.position += size;
    if (size > SHORT_TEXT || size !== text.length) return bytes.write(text, position) === size;
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return false;
      bytes[position + i] = code;
    }
    return true;
  }

  protected varint(value: number): void {
    const { bytes } = this;
    let rest = value;
    while (rest > 127) {
      bytes[this.position++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[this.position++] = rest;
  }

  /** Room for a field with so many bytes of content. */
  protected reserve(content: number): void {
    const needed = this.position + content + FIELD_BYTES;
    if (needed > this.bytes.length) this.allocate(Math.max(needed, 2 * this.bytes.length));
  }

  private allocate(size: number): void {
    const bytes = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(bytes, 0, 0, this.position);
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

/** A length as it goes over the wire. */
export function varint(value: number): number[] {
  return value > 127 ? [(value & 127) | 128, ...varint(value >>> 7)] : [value];
}

/** How many bytes a length takes. */
export function varintSize(value: number): number {
  if (value < 1 << 7) return 1;
  if (value < 1 << 14) return 2;
  if (value < 1 << 21) return 3;
  return value < 1 << 28 ? 4 : 5;
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
