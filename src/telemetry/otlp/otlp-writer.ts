import type { HrTime } from '@opentelemetry/api';
import type { AttributeMap } from '../attributes';
import type { AttributeValue } from '../vocabularies/vocabulary';
import { ProtobufWriter, varint, varintSize } from './protobuf-writer';

// Of opentelemetry/proto/common/v1/common.proto: KeyValue, and the kinds of AnyValue.
const KEY = (1 << 3) | 2;
const VALUE = (2 << 3) | 2;
const STRING = (1 << 3) | 2;
const BOOL = (2 << 3) | 0;
const INT = (3 << 3) | 0;
const DOUBLE = (4 << 3) | 1;

const MAX_KEYS = 1024;

const NANOS = 1_000_000_000;
const TWO_TO_16 = 2 ** 16;
const TWO_TO_32 = 2 ** 32;
const TWO_TO_63 = 2 ** 63;

/** The values of hex digits, by character code. */
const HEX = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

/** Writes what spans and log records are made of, byte for byte as OpenTelemetry's serializer does. */
export class OtlpWriter extends ProtobufWriter {
  /** Most keys are the tables' and the resource's; an observed server's arguments have their own. */
  private readonly keys = new Map<string, Uint8Array>();

  /** An id, given as hex digits. */
  id(tag: number, hex: string): void {
    this.reserve(hex.length);
    const { bytes } = this;
    bytes[this.position++] = tag;
    this.varint(hex.length / 2);
    let { position } = this;
    for (let i = 0; i < hex.length; i += 2) {
      bytes[position++] = (HEX[hex.charCodeAt(i)]! << 4) | HEX[hex.charCodeAt(i + 1)]!;
    }
    this.position = position;
  }

  /** Nanoseconds since the epoch, which no double can hold: in two halves. */
  time(tag: number, [seconds, nanos]: HrTime): void {
    this.reserve(0);
    this.bytes[this.position++] = tag;
    // seconds * NANOS = upper * TWO_TO_16 + lower, each of them exact.
    const upper = Math.floor(seconds / TWO_TO_16) * NANOS;
    const lower = (seconds % TWO_TO_16) * NANOS + nanos;
    const rest = (upper % TWO_TO_16) * TWO_TO_16 + lower;
    const high = Math.floor(upper / TWO_TO_16) + Math.floor(rest / TWO_TO_32);
    this.view.setUint32(this.position, rest, true);
    this.view.setUint32(this.position + 4, high, true);
    this.position += 8;
  }

  attributes(tag: number, attributes: AttributeMap): void {
    for (const key of Object.keys(attributes))
      this.attribute(tag, this.keyOf(key), attributes[key]!);
  }

  /** @param key as `attributeKey` makes it */
  attribute(tag: number, key: Uint8Array, value: AttributeValue): void {
    if (typeof value !== 'string') {
      this.plain(tag, key, value);
      return;
    }
    this.reserve(key.length + 3 * value.length);
    const start = this.position;
    if (this.tryText(tag, key, value, value.length)) return;
    this.position = start;
    this.tryText(tag, key, value, Buffer.byteLength(value));
  }

  /** @returns whether the text took as many bytes */
  private tryText(tag: number, key: Uint8Array, text: string, size: number): boolean {
    const valueSize = 1 + varintSize(size) + size;
    this.bytes[this.position++] = tag;
    this.varint(key.length + varintSize(valueSize) + valueSize);
    this.copy(key);
    this.varint(valueSize);
    return this.tryString(STRING, text, size);
  }

  private keyOf(key: string): Uint8Array {
    const kept = this.keys.get(key);
    if (kept) return kept;
    const bytes = attributeKey(key);
    if (this.keys.size < MAX_KEYS) this.keys.set(key, bytes);
    return bytes;
  }

  private plain(tag: number, key: Uint8Array, value: number | boolean): void {
    this.reserve(key.length);
    const attribute = this.begin(tag, 1);
    this.copy(key);
    const { bytes } = this;
    const lengthAt = this.position++;
    if (typeof value === 'boolean') {
      bytes[this.position++] = BOOL;
      bytes[this.position++] = value ? 1 : 0;
    } else if (Number.isInteger(value) && value >= -TWO_TO_63 && value < TWO_TO_63) {
      bytes[this.position++] = INT;
      this.int64(value);
    } else {
      bytes[this.position++] = DOUBLE;
      this.view.setFloat64(this.position, value, true);
      this.position += 8;
    }
    bytes[lengthAt] = this.position - lengthAt - 1;
    this.end(attribute, 1);
  }

  /** As a varint; a negative number as two's complement. */
  private int64(value: number): void {
    const size = Math.abs(value);
    let low = size >>> 0;
    let high = Math.floor(size / TWO_TO_32) >>> 0;
    if (value < 0) {
      low = -low >>> 0;
      high = (low === 0 ? -high : ~high) >>> 0;
    }
    while (high > 0 || low > 127) {
      this.bytes[this.position++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.bytes[this.position++] = low;
  }

  /** Of a key's size a loop is faster than a call into Node. */
  private copy(key: Uint8Array): void {
    const { bytes, position } = this;
    for (let i = 0; i < key.length; i++) bytes[position + i] = key[i]!;
    this.position += key.length;
  }
}

/** All of an attribute that its key decides: the key itself and the tag of the value that follows. */
export function attributeKey(key: string): Uint8Array {
  const text = Buffer.from(key);
  return Buffer.from([KEY, ...varint(text.length), ...text, VALUE]);
}
