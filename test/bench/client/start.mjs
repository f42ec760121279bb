import { fileURLToPath, URL } from 'node:url';
import { startHelper } from '../helper.mjs';

/** Starts the HTTP client's process. */
export const startClient = () =>
  startHelper('the client', fileURLToPath(new URL('main.mjs', import.meta.url)));
