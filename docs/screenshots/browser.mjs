import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import puppeteer from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium without a window, with a profile of its own in a folder.
 * @throws where there is none
 */
export function openBrowser(folder) {
  return puppeteer.launch({
    executablePath: process.env.CHROME_PATH || chromium(),
    args: FLAGS,
    userDataDir: path.join(folder, 'chromium'),
  });
}

function chromium() {
  const folders = process.env.PATH.split(path.delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error(`No Chromium: none of ${NAMES.join(', ')} on the path; CHROME_PATH?`);
  return found;
}
