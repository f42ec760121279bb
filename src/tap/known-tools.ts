import { isObject } from '../json-rpc';
import { boundedJson, cutText, MAX_CONTENT_CHARACTERS, MAX_NAME_CHARACTERS } from './bounded-json';

/** What spans tell of a tool beside its name. */
export interface ToolFacts {
  readonly description?: string;
  /** The input schema as JSON text. */
  readonly parameters: string;
}

export function isSameTool(one: ToolFacts, other: ToolFacts | undefined): boolean {
  return one.description === other?.description && one.parameters === other?.parameters;
}

/** Tools are labels of metrics: a server that names more of them is not believed. */
const MAX_TOOLS = 1000;

/** The names that a list or a success has shown. */
export class KnownTools {
  private readonly names = new Set<string>();

  has(name: string): boolean {
    return this.names.has(name);
  }

  add(name: string): void {
    if (this.names.size < MAX_TOOLS) this.names.add(name);
  }
}

/** The tools of an answer to `tools/list` by name as operations have it; texts are bounded as content is. */
export function toolsOfList(result: unknown): ReadonlyMap<string, ToolFacts> {
  const tools = isObject(result) ? result['tools'] : undefined;
  const facts = new Map<string, ToolFacts>();
  if (!Array.isArray(tools)) return facts;
  for (const tool of tools.slice(0, MAX_TOOLS) as unknown[]) {
    if (!isObject(tool) || typeof tool['name'] !== 'string') continue;
    const { name, description, inputSchema } = tool;
    facts.set(cutText(name as string, MAX_NAME_CHARACTERS), {
      ...(typeof description === 'string' && {
        description: cutText(description, MAX_CONTENT_CHARACTERS),
      }),
      parameters: boundedJson(inputSchema ?? {}),
    });
  }
  return facts;
}
