import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { install, pack } from '../e2e/support/package';
import { ROOT } from './root';

/** What the author of a server installs beside the product. */
const BESIDE = ['@modelcontextprotocol', '@opentelemetry', 'zod'];

/** A folder like the author's of a server, with examples/observe-your-server and ./author in it. */
export interface AuthorFolder {
  /** The path of a file in it. */
  path(file: string): string;
  remove(): void;
}

/**
 * Installs the product, as npm packs it, beside other packages.
 *
 * @param packages a node_modules that has those
 */
export function createAuthorFolder(packages: string): AuthorFolder {
  const temp = mkdtempSync(join(tmpdir(), 'ts-calculator-author-'));
  pack(temp);
  const folder = install(temp, `ts-calculator-${version}.tgz`, 'server');
  for (const name of BESIDE) symlinkSync(join(packages, name), join(folder, 'node_modules', name));
  const isProgram = (path: string): boolean => !/\.(json|md)$/.test(path);
  for (const programs of [join(ROOT, 'examples', 'observe-your-server'), join(__dirname, 'author')])
    cpSync(programs, folder, { recursive: true, filter: isProgram });
  return {
    path: (file) => join(folder, file),
    remove: () => rmSync(temp, { recursive: true }),
  };
}
