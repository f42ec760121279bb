import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { readCode, writeCode } from './code-cache';

type Require = (id: string) => unknown;
type Wrapped = (
  exports: object,
  require: Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/** By then the start and the first requests have run, and what they called is compiled. */
const SAVE_AFTER_MILLIS = 2_000;

/**
 * A `require` for the bundle's own files, which takes them from V8's code cache: to compile what runs
 * before the first answer takes longer than to run it. (`module.enableCompileCache` would be Node's
 * own way, but Node 20 lacks it.) The first process that lives long enough saves the code for all
 * that follow; a shorter one, as of `--version`, has not compiled what a session needs.
 *
 * @param folder where the files are
 */
export function createLoad(folder: string, saveAfterMillis = SAVE_AFTER_MILLIS): Require {
  const modules = new Map<string, { exports: object }>();
  const requireOther = createRequire(__filename);
  const requireAny = (id: string) => (id.startsWith('./') ? load(id) : requireOther(id));

  function load(id: string): object {
    const known = modules.get(id);
    if (known) return known.exports;
    const file = join(folder, id);
    const module = { exports: {} };
    modules.set(id, module);
    try {
      const run = compile(file, saveAfterMillis).runInThisContext() as Wrapped;
      run(module.exports, requireAny, module, file, folder);
    } catch (error) {
      modules.delete(id);
      throw error;
    }
    return module.exports;
  }
  return requireAny;
}

function compile(file: string, saveAfterMillis: number): Script {
  const source = readFileSync(file);
  const cachedData = readCode(file, source);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source.toString()}\n})`,
    { filename: file, ...(cachedData && { cachedData }) },
  );
  if (script.cachedDataRejected !== false) {
    const save = () => writeCode(file, source, () => script.createCachedData());
    setTimeout(save, saveAfterMillis).unref();
  }
  return script;
}
