import { describeTool } from '../server/tool-list';
import { TOOLS } from '../tools/registry';

/** The tools as text: a line each, or as `tools/list` has them. */
export function renderTools(json: boolean): string {
  if (json) return JSON.stringify(TOOLS.map(describeTool), null, 2);
  const width = Math.max(...TOOLS.map(({ name }) => name.length));
  return TOOLS.map(({ name, title, inputSchema }) => {
    const operands = Object.keys(inputSchema['properties'] as object).join(' ');
    return `${name.padEnd(width)}  ${operands}  ${title}`;
  }).join('\n');
}
