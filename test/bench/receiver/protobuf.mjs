// Just enough of protobuf's wire format to walk a message: at full speed a decoder that builds
// objects would take as much of the machine as the server that is measured.

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/**
 * Calls `take(field, start, end)` for each field of the message in `bytes[from, to)`, with where its
 * value lies, until `take` returns true.
 */
export function eachField(bytes, from, to, take) {
  let at = from;
  const varint = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      if (at >= to) throw new Error('a number is cut off');
    }
  };
  const end = (type) => {
    if (type === LENGTH) {
      const length = varint();
      return at + length;
    }
    if (type === FIXED64) return at + 8;
    if (type === FIXED32) return at + 4;
    if (type !== VARINT) throw new Error(`wire type ${type}`);
    let last = at;
    while (bytes[last] >= 0x80) last++;
    return last + 1;
  };
  while (at < to) {
    const key = varint();
    const until = end(key & 7);
    if (until > to) throw new Error('a field is cut off');
    if (take(key >>> 3, at, until) === true) return;
    at = until;
  }
}

/** Calls `take(start, end)` for each message at the end of a path of fields. */
export function eachAt(bytes, from, to, [field, ...more], take) {
  eachField(bytes, from, to, (number, start, end) => {
    if (number !== field) return;
    if (more.length === 0) take(start, end);
    else eachAt(bytes, start, end, more, take);
  });
}
