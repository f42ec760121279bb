import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Code that V8 has compiled of a script before, in a file beside the script: in the package's own
 * folder, never a shared one, for it is code. One file for each V8 that there may be.
 *
 * What is in it: the source that it was made of, and the code, twice. V8 tells its own versions and
 * flags apart and sees where a file was cut off. But of the source it compares no more than the
 * length, and it runs damaged code, which ends the process. Comparing bytes is the cheapest answer to
 * both: 0.1 ms, where any checksum at hand takes 2.
 */
const pathOf = (script: string): string =>
  `${script}.${process.versions.v8}-${process.platform}-${process.arch}.cache`;

/** @returns undefined where there is no code, or none that can be trusted to be this source's */
export function readCode(script: string, source: Buffer): Buffer | undefined {
  let kept;
  try {
    kept = readFileSync(pathOf(script));
  } catch {
    return undefined;
  }
  const middle = (source.length + kept.length) / 2;
  const code = kept.subarray(source.length, middle);
  const isSound =
    kept.subarray(0, source.length).equals(source) && kept.subarray(middle).equals(code);
  return isSound ? code : undefined;
}

/** Keeps the code, whole or not at all. A folder that cannot be written to is no fault. */
export function writeCode(script: string, source: Buffer, makeCode: () => Buffer): void {
  const path = pathOf(script);
  const temporary = `${path}.${process.pid}`;
  try {
    // Empty at first: where that fails, nothing needs to be made.
    writeFileSync(temporary, '', { flag: 'wx' });
    const code = makeCode();
    writeFileSync(temporary, Buffer.concat([source, code, code]));
    renameSync(temporary, path);
  } catch {
    discard(temporary);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nor can be removed what cannot be written.
  }
}
