// Takes the README's picture anew: a session of the built product in a Phoenix of its own, and the
// page of one of its traces in Chromium.
//
//   npm run docs:screenshots
//
// Phoenix is installed as for the tests (test/phoenix). CHROME_PATH names Chromium, where it is not on
// the path.
import console from 'node:console';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { openBrowser } from './browser.mjs';
import { withPhoenix } from './phoenix.mjs';
import { PICTURE, withPicture } from './readme.mjs';
import { recordSession } from './recorded-session.mjs';
import { shootTrace } from './trace-page.mjs';

const MAX_BYTES = 150_000;

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const { name, version } = JSON.parse(read('package.json'));
const temp = mkdtempSync(path.join(tmpdir(), 'ts-calculator-screenshots-'));

try {
  await withPhoenix(temp, async ({ base, phoenixVersion }) => {
    const failed = await recordSession(base);
    const browser = await openBrowser(temp);
    try {
      const picture = await shootTrace(browser, base, failed, { name, version });
      if (picture.length >= MAX_BYTES) throw new Error(`${picture.length} bytes are too many`);
      const file = path.join(root, PICTURE);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, picture);
      const alt = `A trace of ${name} ${version} in Phoenix ${phoenixVersion}`;
      writeFileSync(path.join(root, 'README.md'), withPicture(read('README.md'), alt));
      console.log(`${PICTURE}: ${alt}, ${picture.length} bytes`);
    } finally {
      await browser.close();
    }
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(temp, { recursive: true, force: true });
}
