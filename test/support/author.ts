import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { install, pack } from '../e2e/support/package';
import { stopAll } from './child';
import { startReceiver, type Receiver, type Span } from './receiver';
import { ROOT } from './root';

/** What the author of a server installs beside the product. */
const BESIDE = ['@modelcontextprotocol', '@opentelemetry', 'zod'];

/** A folder like the author's of a server, with examples/observe-your-server and ./author in it. */
interface AuthorFolder {
  /** The path of a file in it. */
  path(file: string): string;
  remove(): void;
}

/**
 * Installs the product, as npm packs it, beside other packages.
 *
 * @param packages a node_modules that has those
 */
function createAuthorFolder(packages: string): AuthorFolder {
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

/** What the tests of an author's programs work with. */
export interface Author {
  /** The path of a file in the author's folder, which all tests share. */
  path(file: string): string;
  /** The test's own. */
  readonly receiver: Receiver;
  /** The spans of a name that the receiver got, in the order of their start. */
  named(name: string): Span[];
}

/** Gives the tests of a `describe` an author's folder, and each of them a receiver. */
export function setUpAuthor(packages: () => string): Author {
  let folder: AuthorFolder;
  let receiver: Receiver;
  beforeAll(() => {
    folder = createAuthorFolder(packages());
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await stopAll();
    await receiver.close();
  });
  afterAll(() => folder.remove());
  return {
    path: (file) => folder.path(file),
    get receiver() {
      return receiver;
    },
    named: (name) =>
      receiver.spans
        .filter((span) => span.name === name)
        .sort((a, b) => (a.start < b.start ? -1 : 1)),
  };
}
