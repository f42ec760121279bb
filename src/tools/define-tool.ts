/** A failure that the caller can mend: it becomes an `isError` result whose text stands alone. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  constructor(
    readonly label:
      'missing_args' | 'invalid_args' | 'division_by_zero' | 'limit_exceeded' | 'internal',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Told by its name, not its class: that exists once in each file of the bundle, and an error crosses
 * from one to the other.
 */
export function isToolError(error: unknown): error is ToolError {
  return error instanceof Error && error.name === 'ToolError' && 'label' in error;
}

/** A JSON Schema (2020-12) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** MCP's tool annotations; all four are always given. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** A tool as data. It knows nothing of MCP's messages and nothing of telemetry. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** Written for a model. */
  readonly description: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  readonly annotations: ToolAnnotations;
  /**
   * Computes the result.
   *
   * @param args the call's arguments as they came from the wire: nothing has checked them
   * @returns `text`, the bare answer, and `structured`, which satisfies `outputSchema`
   * @throws {ToolError} with a text that stands alone
   */
  run(args: Readonly<Record<string, unknown>>): ToolAnswer;
}

export interface ToolAnswer {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}
