import fc from 'fast-check';

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });

/** A value as JSON text, with white space wherever JSON allows it. */
export function spaced(value: unknown): fc.Arbitrary<string> {
  const tokens = JSON.stringify(value).match(TOKENS) ?? [];
  return fc
    .array(space, { minLength: tokens.length + 1, maxLength: tokens.length + 1 })
    .map((spaces) => tokens.reduce((text, token, i) => text + token + spaces[i + 1], spaces[0]!));
}
