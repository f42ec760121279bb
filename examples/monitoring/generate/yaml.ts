export type Plain = string | number | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Plain data as YAML, in the layout of prettier: a text of several lines is a block, one that YAML
 * could take for something else is quoted. Its first line must not be indented.
 *
 * @param indent spaces before each line
 */
export function yaml(value: Plain, indent = ''): string {
  return lines(value)
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

function lines(value: Plain): string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') return text(value);
  if (value instanceof Array) return value.flatMap((item) => hang('- ', lines(item)));
  return Object.entries(value).flatMap(([key, member]) => memberLines(key, member));
}

function memberLines(key: string, member: Plain): string[] {
  const [first, ...rest] = lines(member);
  if (typeof member === 'object') return [`${key}:`, ...hang('  ', [first!, ...rest])];
  return [`${key}: ${first}`, ...rest.map((line) => `  ${line}`)];
}

const hang = (mark: string, [first, ...rest]: string[]): string[] => [
  mark + first,
  ...rest.map((line) => ' '.repeat(mark.length) + line),
];

function text(value: string): string[] {
  if (value.includes('\n')) return ['|-', ...value.split('\n')];
  if (isPlain(value)) return [value];
  return [value.includes("'") ? JSON.stringify(value) : `'${value}'`];
}

const MARKS = /^(?![A-Za-z0-9])|: |:$| #|\s$/;
const OTHER_TYPES = /^([\d.eE+-]+|true|false|yes|no|on|off|null)$/i;

const isPlain = (value: string): boolean => !MARKS.test(value) && !OTHER_TYPES.test(value);
