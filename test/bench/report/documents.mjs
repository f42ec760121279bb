import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../paths.mjs';

const DOCUMENT = fromRoot('docs/performance.md');

/** Writes one transport's figures for programs, and its tables into the document for people. */
export async function writeDocuments(transport, figures, text) {
  const [open, close] = [`<!-- measured:${transport} -->`, `<!-- /measured:${transport} -->`];
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(DOCUMENT);
  const json = await format(JSON.stringify(figures), { ...style, parser: 'json' });
  writeFileSync(fromRoot(`docs/performance-${transport}.json`), json);

  const [before, rest] = readFileSync(DOCUMENT, 'utf8').split(open);
  const after = rest?.split(close)[1];
  if (after === undefined) throw new Error(`docs/performance.md needs ${open} and ${close}`);
  const document = `${before}${open}\n\n${text}\n\n${close}${after}`;
  writeFileSync(DOCUMENT, await format(document, { ...style, parser: 'markdown' }));
}
