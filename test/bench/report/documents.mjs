import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../paths.mjs';

const JSON_FILE = fromRoot('docs/performance.json');
const DOCUMENT = fromRoot('docs/performance.md');
const [OPEN, CLOSE] = ['<!-- measured -->', '<!-- /measured -->'];

/** Writes the figures for programs, and the tables into the document for people. */
export async function writeDocuments(figures, text) {
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(DOCUMENT);
  const json = await format(JSON.stringify(figures), { ...style, parser: 'json' });
  writeFileSync(JSON_FILE, json);

  const [before, rest] = readFileSync(DOCUMENT, 'utf8').split(OPEN);
  const after = rest?.split(CLOSE)[1];
  if (after === undefined) throw new Error(`docs/performance.md needs ${OPEN} and ${CLOSE}`);
  const document = `${before}${OPEN}\n\n${text}\n\n${CLOSE}${after}`;
  writeFileSync(DOCUMENT, await format(document, { ...style, parser: 'markdown' }));
}
