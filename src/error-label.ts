/** Why a tool failed: the contract's `mcp.tool.error_label`. */
export const TOOL_ERROR_LABELS = [
  'missing_args',
  'invalid_args',
  'division_by_zero',
  'limit_exceeded',
  'internal',
] as const;
export type ToolErrorLabel = (typeof TOOL_ERROR_LABELS)[number];

/**
 * Where a result with `isError` carries its label, in MCP's `_meta`: a program can read it, and the
 * tap needs no other way to learn it than the message itself.
 */
export const ERROR_LABEL_KEY = 'ts-calculator/error_label';
