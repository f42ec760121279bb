/** Writes past jest, which would put the place of the call under each line. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A table of text with aligned columns. */
export function printTable(head: string[], rows: string[][]): void {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length)),
  );
  const line = (row: string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  print(['', line(head), ...rows.map(line), ''].join('\n'));
}
