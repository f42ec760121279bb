import { ConfigError, quote, reasonOf } from './errors';

/** The variables of an --env-file. */
export interface EnvFile {
  readonly path: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** Reads an --env-file. Throws a ConfigError where it cannot be read. */
export function readEnvFile(path: string, readFile: (path: string) => string): EnvFile {
  let content;
  try {
    content = readFile(path);
  } catch (error) {
    throw new ConfigError(`--env-file: ${quote(path)} cannot be read: ${reasonOf(error)}`);
  }
  return { path, values: parseEnv(content.replace(/^\uFEFF/, '')) };
}

/** `NAME = value # comment`, the value bare or in ', " or ` (these over several lines). */
const LINE =
  /^[ \t]*(?:export[ \t]+)?([^\s=#][^\s=]*)[ \t]*=[ \t]*('[^']*'|"[^"]*"|`[^`]*`|[^#\r\n]*)[^\r\n]*$/gm;

/**
 * Node's format. Not by its `util.parseEnv`, which 20.0 to 20.11 lack, and with which 20.20 still
 * takes a line without `=`, or a comment below a blank line, for a part of the next name.
 */
export const parseEnv = (content: string): EnvFile['values'] =>
  Object.fromEntries(
    Array.from(content.replace(/\r\n?/g, '\n').matchAll(LINE), ([, name, value]) => [
      name!,
      unquote(value!.trim()),
    ]),
  );

/** In double quotes alone, \n is a newline. */
function unquote(value: string): string {
  const quoted = /^(['"`])([^]*)\1$/.exec(value);
  if (!quoted) return value;
  return quoted[1] === '"' ? quoted[2]!.replaceAll('\\n', '\n') : quoted[2]!;
}
