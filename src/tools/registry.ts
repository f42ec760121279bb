import { add } from './add';
import type { Tool } from './define-tool';
import { divide } from './divide';
import { multiply } from './multiply';
import { subtract } from './subtract';

/** Tools by name, in the order in which they are listed. */
export type ToolRegistry = ReadonlyMap<string, Tool>;

/** @throws {Error} where two tools have one name */
export function createRegistry(tools: readonly Tool[]): ToolRegistry {
  const registry = new Map(tools.map((tool) => [tool.name, tool]));
  if (registry.size !== tools.length) throw new Error('Two tools have the same name');
  return registry;
}

/** Every tool of the calculator, in the order in which they are listed. */
export const TOOLS = [
  // One line each.
  add,
  subtract,
  multiply,
  divide,
] as const satisfies readonly Tool[];

export const registry = createRegistry(TOOLS);
