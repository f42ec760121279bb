import { SECRET_ANYWHERE, SECRET_AS_A_WORD } from './secret-words';

/** A longer key counts as secret unseen: nobody gives such a name, and looking costs time. */
const MAX_KEY_CHARACTERS = 1024;
/** How many keys' answers are remembered, and of what length: the keys come from a peer. */
const MAX_REMEMBERED = 1000;
const MAX_REMEMBERED_CHARACTERS = 64;

const SEPARATORS = /[^\p{L}\p{N}]+/u;
/** Where a word begins within a key: `apiKey`, `HTTPAuth`. */
const HUMPS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

/** Whether the value under a key is secret. */
export type Redaction = (key: string) => boolean;

/**
 * Tells by a key alone whether its value is secret, rather too often than too seldom: a key is where
 * it contains one of the words of secret-words.ts, in any case and with whatever between its letters
 * (`apiKey`, `API-KEY`, `x_api_key`), or matches a pattern of the user's. A key of more than 1,024
 * characters is secret in any case.
 *
 * @param patterns more words, found wherever they stand in a key; or with `*`, which stands for any
 *   characters or none, patterns that a key matches as a whole: `*name` matches `fullName`, not
 *   `names`. Case and separators count for nothing here either; an empty pattern is none
 */
export function createRedaction(patterns: readonly string[]): Redaction {
  const own = patterns.map((pattern) => pattern.split('*').map(squash));
  const words = [
    ...SECRET_ANYWHERE,
    ...own.flatMap((pieces) => (pieces.length === 1 && pieces[0] !== '' ? pieces : [])),
  ];
  const globs = own.filter((pieces) => pieces.length > 1);
  const known = new Map<string, boolean>();

  const look = (key: string): boolean => {
    const squashed = squash(key);
    return (
      words.some((word) => squashed.includes(word)) ||
      globs.some((pieces) => matches(squashed, pieces)) ||
      wordsIn(key).some((word) => SECRET_AS_A_WORD.has(word))
    );
  };

  return (key) => {
    if (key.length > MAX_KEY_CHARACTERS) return true;
    if (key.length > MAX_REMEMBERED_CHARACTERS) return look(key);
    let isSecret = known.get(key);
    if (isSecret === undefined) {
      isSecret = look(key);
      if (known.size === MAX_REMEMBERED) known.clear();
      known.set(key, isSecret);
    }
    return isSecret;
  };
}

/** Lower case, without separators; letters that only look different (ä, full width) are the same. */
function squash(key: string): string {
  return key.normalize('NFKD').split(SEPARATORS).join('').toLowerCase();
}

/** `smtp_pass`, `basicAuth` and `oauth2Pin` have two words each, or three; digits end none. */
function wordsIn(key: string): string[] {
  return key
    .normalize('NFKD')
    .split(SEPARATORS)
    .flatMap((part) => part.split(HUMPS))
    .map((word) => word.toLowerCase().replace(/\d+$/, ''));
}

/** Piece after piece, each as early as it can be: linear, however many there are. */
function matches(key: string, pieces: readonly string[]): boolean {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (key.length < first.length + last.length) return false;
  if (!key.startsWith(first) || !key.endsWith(last)) return false;
  const end = key.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = key.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
