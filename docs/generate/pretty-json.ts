const WIDTH = 100;

/** JSON as prettier writes it: arrays on one line where they fit, numbers as many as fit a line. */
export function prettyJson(value: unknown): string {
  return `${write(value, '', 0)}\n`;
}

/** @param taken characters on the line before the value, beside the indent */
function write(value: unknown, indent: string, taken: number): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const flat = value.some((item) => typeof item === 'object' && item !== null)
      ? undefined
      : `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    // One more for the comma that may follow.
    if (flat && indent.length + taken + flat.length < WIDTH) return flat;
    const items = value.every((item) => typeof item === 'number')
      ? fill(value, inner)
      : value.map((item) => inner + write(item, inner, 0)).join(',\n');
    return `[\n${items}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => {
      const name = `${JSON.stringify(key)}: `;
      return inner + name + write(member, inner, name.length);
    });
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}

function fill(numbers: readonly number[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  numbers.forEach((number, i) => {
    const text = i === numbers.length - 1 ? String(number) : `${number},`;
    if (line !== indent && line.length + 1 + text.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? text : ` ${text}`;
  });
  return [...lines, line].join('\n');
}
