import { TOOLS } from '../../src/tools/registry';
import { code, table } from './markdown';

/** The README's tools, from the registry. */
export function toolsTable(): string {
  const rows = TOOLS.map(({ name, inputSchema, description }) => [
    code(name),
    Object.keys(inputSchema['properties'] as object)
      .map(code)
      .join(', '),
    description,
  ]);
  return table(['tool', 'operands', 'what a model reads of it'], rows);
}
