/** Where a setting's value came from. */
export type Source =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly file: string }
  | { readonly kind: 'default' };

export const DEFAULT_SOURCE: Source = { kind: 'default' };

/** A source in a reader's words: `--log-level`, `OTEL_LOG_LEVEL`, `OTEL_LOG_LEVEL in FILE`, `default`. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'file':
      return `${source.name} in ${source.file}`;
    case 'default':
      return 'default';
    default:
      return source.name;
  }
}

/**
 * Whether a bad value from there ends the program. Flags and TS_CALCULATOR_* are ours; all other
 * variables are foreign: set for other programs too, so that they cost a warning at the most.
 */
export const isOurs = (source: Source): boolean =>
  source.kind === 'flag' || (source.kind !== 'default' && source.name.startsWith('TS_CALCULATOR_'));
