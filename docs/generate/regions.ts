/**
 * Puts a text between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`. Throws where the
 * marks are missing, doubled or in the wrong order: a document must not lose its region silently.
 */
export function replaceRegion(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const [before, rest, ...more] = document.split(open);
  const [old, after, ...others] = (rest ?? '').split(close);
  const isMarked = rest !== undefined && old !== undefined && after !== undefined;
  if (!isMarked || more.length > 0 || others.length > 0) {
    throw new Error(`needs ${open} and ${close}, once each and in this order`);
  }
  return `${before}${open}\n\n${text.trim()}\n\n${close}${after}`;
}
