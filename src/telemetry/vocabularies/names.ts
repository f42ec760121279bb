import { cutText, MAX_NAME_CHARACTERS } from '../../tap/bounded-json';
import { INVALID, OTHER } from '../../tap/operation';
import type { Asked } from './vocabulary';

export function boundedName(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cutText(text, MAX_NAME_CHARACTERS);
}

/** The method as an attribute: what was sent, known or not. */
export function methodAsSent(op: Asked): string {
  return op.kind === 'invalid' ? INVALID : cutText(op.method, MAX_NAME_CHARACTERS);
}

/** The one method whose operations have a tool. */
export const TOOLS_CALL = 'tools/call';

/** A method that may be a label or a span's name: few values, whatever callers send. */
export function methodLabel(op: Asked): string {
  if (op.kind === 'invalid') return INVALID;
  return op.methodKnown ? op.method : OTHER;
}

/** `tools/call` only: the tool, `_OTHER` where it is not known or not named. */
export function toolLabel(op: Asked): string | undefined {
  if (op.method !== TOOLS_CALL || op.kind === 'invalid') return undefined;
  return op.toolKnown && op.tool !== undefined ? op.tool : OTHER;
}

/** `tools/call add` for a known tool, else the method alone. */
export function spanName(op: Asked): string {
  const method = methodLabel(op);
  return method === TOOLS_CALL && op.toolKnown ? `${method} ${op.tool}` : method;
}
