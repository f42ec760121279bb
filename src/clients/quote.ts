/** Puts an argument so that a shell hands it on as it is. */
export type Quote = (argument: string) => string;

const PLAIN = /^[\w./:=+-]+$/;

/** For sh and its kin. */
export const quoteForSh: Quote = (argument) =>
  PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;

/** What cmd or PowerShell reads within double quotes. */
const READ_IN_DOUBLE_QUOTES = /["$`%“”„]/;

/**
 * For PowerShell; what needs no more than double quotes is read alike by cmd. A bare `--` would be
 * kept by PowerShell for itself. (Windows PowerShell 5.1 cannot hand on a double quote at all.)
 */
export const quoteForWindows: Quote = (argument) => {
  if (PLAIN.test(argument) && argument !== '--') return argument;
  if (!READ_IN_DOUBLE_QUOTES.test(argument)) return `"${argument}"`;
  // Curly quotes count as straight ones there.
  return `'${argument.replace(/['‘’‚‛]/g, '$&$&')}'`;
};

/** Words as one line for the shell of a platform. */
export const quoteAll = (words: readonly string[], platform: NodeJS.Platform): string =>
  words.map(platform === 'win32' ? quoteForWindows : quoteForSh).join(' ');
