/**
 * What a failed connection says. `localhost` may be two addresses: Node then gives the errors of both
 * as one, with a text in neither.
 *
 * @returns `code`, such as ECONNREFUSED, where it is a network's error at all
 */
export function networkError(error: unknown): { code: string | undefined; message: string } {
  const { code, message, errors, library, reason } = (error ?? {}) as NodeJS.ErrnoException & {
    errors?: NodeJS.ErrnoException[];
    /** OpenSSL's errors have these; their message is full of addresses and lines of its source. */
    library?: string;
    reason?: string;
  };
  const known = code ?? errors?.[0]?.code;
  return {
    code: typeof known === 'string' ? known : undefined,
    message: (library && reason) || message || errors?.[0]?.message || String(known),
  };
}
