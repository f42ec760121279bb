import { replaceRegion } from './regions';

/** A document, or a marked region of one, that is made from the code. */
export interface Target {
  /** Path from the repository's top level. */
  readonly file: string;
  /** The region's name (see regions.ts); without it the whole file is generated. */
  readonly region?: string;
  readonly render: () => string;
}

export interface Files {
  /** Undefined where there is no such file. */
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, content: string) => void;
}

/**
 * Brings the targets up to date and returns the names of those that were not: `README.md (settings)`.
 * With `check` nothing is written. A region's document that does not exist yet is passed over.
 * Throws where a document lacks its region.
 */
export function generate(targets: readonly Target[], files: Files, check: boolean): string[] {
  return targets.filter((target) => update(target, files, check)).map(nameOf);
}

function update(target: Target, files: Files, check: boolean): boolean {
  const current = files.read(target.file);
  const wanted = wantedContent(target, current);
  if (wanted === undefined || wanted === current) return false;
  if (!check) files.write(target.file, wanted);
  return true;
}

function wantedContent(target: Target, current: string | undefined): string | undefined {
  if (target.region === undefined) return target.render();
  if (current === undefined) return undefined;
  try {
    return replaceRegion(current, target.region, target.render());
  } catch (error) {
    throw new Error(`${nameOf(target)}: ${(error as Error).message}`, { cause: error });
  }
}

const nameOf = ({ file, region }: Target): string => (region ? `${file} (${region})` : file);
