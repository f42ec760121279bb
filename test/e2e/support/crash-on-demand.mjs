// Imported into the product (node --import): its worker throws when a file named `crash` appears
// beside this one, soon after each start while there is one named `always`, and is busy for ever once
// there is one named `spin`.
import { existsSync, unlinkSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const { pathname: once } = new URL('crash', import.meta.url);
const { pathname: always } = new URL('always', import.meta.url);
const { pathname: spin } = new URL('spin', import.meta.url);
if (!isMainThread) {
  setInterval(() => {
    while (existsSync(spin));
    if (existsSync(once)) unlinkSync(once);
    else if (!existsSync(always)) return;
    throw new Error('crashed by the test');
  }, 5).unref();
}
