import { fileURLToPath, URL } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export const ROOT = path('../..');
export const BENCH = path('.');
/** What the benchmark makes for itself; not part of the repository. */
export const CACHE = path('node_modules/.cache');
/** A copy of the product that no session has left its code cache in. */
export const FIRST_START = path('node_modules/.cache/first-start');
export const server = (name) => path(`servers/${name}`);
export const fromRoot = (name) => path(`../../${name}`);
