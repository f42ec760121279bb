import { everything } from './everything';
import { filesystem } from './filesystem';
import { goEverything } from './go';
import type { ObservedSession } from './observed';
import { pythonServer } from './python';
import { timeV1, timeV2 } from './time';
import { typescriptV2 } from './typescript';

export const SESSIONS: [string, () => ObservedSession][] = [
  ['mcp-server-time on Python SDK 1', timeV1],
  ['mcp-server-time on Python SDK 2', timeV2],
  ['a server on Python SDK 2', pythonServer],
  ['everything of the Go SDK', goEverything],
  ['server-everything', everything],
  ['server-filesystem', filesystem],
  ['a server on TypeScript SDK 2', typescriptV2],
];
