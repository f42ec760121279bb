import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What esbuild says of a build, as far as it is needed here. */
export interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As package.json declares it: an SPDX expression. */
  readonly licence: string;
  /** The package's own files: its licence first, then a notice where it has one. */
  readonly texts: readonly string[];
}

/** What tsup writes of the program and of the library, from the repository's top level. */
const METAFILES = ['dist/metafile-cjs.json', 'dist/metafile-esm.json'];

const LICENCE_FILE = /^(licen[cs]e|copying)/i;
const NOTICE_FILE = /^notice/i;

/**
 * What is built, program and library.
 *
 * @throws {Error} where nothing is
 */
export function readMetafile(root: string): Metafile {
  const outputs = METAFILES.map((file) => {
    try {
      return (JSON.parse(readFileSync(join(root, file), 'utf8')) as Metafile).outputs;
    } catch (error) {
      throw new Error(`${file} cannot be read: npm run build makes it`, { cause: error });
    }
  });
  return { outputs: Object.assign({}, ...outputs) };
}

/**
 * The packages of which some code is in the bundle, sorted by name and version.
 *
 * @param root the repository's top level: the metafile's paths start there
 */
export function bundledPackages(metafile: Metafile, root: string): BundledPackage[] {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput > 0 && path.includes('node_modules/')) {
        folders.add(packageFolder(resolve(root, path)));
      }
    }
  }
  // Two copies of one version are one package.
  const packages = new Map([...folders].map(read).map((one) => [key(one), one]));
  return [...packages.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The nearest folder above whose package.json has a name: others only say how to read the files. */
function packageFolder(file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const { name, version } = manifest(folder);
    if (name !== undefined && version !== undefined) return folder;
  }
  throw new Error(`${file} belongs to no package`);
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

function manifest(folder: string): Manifest {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {};
}

function read(folder: string): BundledPackage {
  const { name = '', version = '', license = 'unknown' } = manifest(folder);
  const files = readdirSync(folder).sort();
  const texts = [LICENCE_FILE, NOTICE_FILE].flatMap((form) =>
    files.filter((file) => form.test(file)).map((file) => readFileSync(join(folder, file), 'utf8')),
  );
  return { name, version, licence: license, texts };
}

const key = ({ name, version }: BundledPackage): string => `${name}@${version}`;
