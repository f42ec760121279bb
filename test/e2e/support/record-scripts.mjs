// Loaded before the product (node --import), in its main thread and in its workers: writes down each
// script that V8 parses, one line each, into the file that is the query of this module's URL.
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const file = decodeURIComponent(new URL(import.meta.url).search.slice(1));
const thread = isMainThread ? 'main' : 'worker';
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => {
  if (params.url.includes('/dist/')) appendFileSync(file, `${thread} ${params.url}\n`);
});
session.post('Debugger.enable');
