import { Problem } from './errors';
import { millis, pieces, share, type Reader } from './readers';
import type { FaultSettings } from './settings';

const FORM = 'is not slow=MS,error=SHARE (milliseconds; a share from 0 to 1; either or both)';

/** `slow=600`, `error=0.1` or both: what --fault makes of the tool calls. */
export const fault: Reader<FaultSettings> = (value) => {
  const parts = new Map(pieces(value).map((piece) => part(piece, value)));
  if (parts.size !== pieces(value).length || parts.size === 0) throw new Problem(value, FORM);
  return { slowMillis: parts.get('slow') ?? 0, errorShare: parts.get('error') ?? 0 };
};

const AMOUNTS: ReadonlyMap<string, Reader<number>> = new Map([
  ['slow', millis(0)],
  ['error', share],
]);

function part(piece: string, whole: string): readonly [name: string, amount: number] {
  const [name = '', amount = '', ...more] = piece.split('=').map((side) => side.trim());
  try {
    const read = AMOUNTS.get(name);
    if (read && more.length === 0) return [name, read(amount)];
  } catch {
    // Told below, in the words of the whole flag.
  }
  throw new Problem(whole, FORM);
}
