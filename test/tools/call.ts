import { type ToolAnswer, ToolError } from '../../src/tools/define-tool';
import { registry } from '../../src/tools/registry';

/** Calls a tool of the registry with arguments as they might come from the wire. */
export function call(name: string, args: object): ToolAnswer {
  const tool = registry.get(name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return tool.run(args as Record<string, unknown>);
}

/** The ToolError of a call that must fail. */
export function failure(name: string, args: object): ToolError {
  try {
    call(name, args);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error(`${name} was answered`);
}
