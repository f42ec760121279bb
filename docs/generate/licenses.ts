import { bundledPackages, readMetafile, type BundledPackage } from './bundled-packages';
import type { Target } from './generate';

const RULE = '-'.repeat(80);
const ABOUT = `THIRD-PARTY LICENSES

ts-calculator has no dependencies at run time: the files in dist/ contain the
code of the packages below. Each is listed with its version and the licence that
it declares, above the text of that licence as the package has it; packages with
the same text stand together. Generated from the bundle: npm run docs`;

/**
 * THIRD-PARTY-LICENSES, from the bundle as it was last built.
 *
 * @param root the repository's top level
 * @throws {Error} where nothing is built
 */
export function thirdPartyLicenses(root = '.'): string {
  return renderLicenses(bundledPackages(readMetafile(root), root));
}

export function renderLicenses(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const one of packages) {
    const text = textOf(one, packages);
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  const sections = [...byText].map(([text, group]) =>
    [RULE, group.map(heading).join('\n'), text].join('\n\n'),
  );
  return `${[ABOUT, ...sections].join('\n\n')}\n`;
}

const heading = ({ name, version, licence }: BundledPackage): string =>
  `${name} ${version} (${licence})`;

/** A package that brings no licence file gets the text of another with the licence it declares. */
function textOf({ name, licence, texts }: BundledPackage, all: readonly BundledPackage[]): string {
  if (texts.length > 0) return texts.map(tidy).join('\n\n');
  const other = all.find((one) => one.licence === licence && one.texts.length > 0);
  if (!other) throw new Error(`${name} has no licence file, and no other package is ${licence}`);
  return (
    `This package brings no licence file of its own. It declares ${licence}, whose text\n` +
    `is here as ${other.name} has it; the copyright is ${name}'s authors'.\n\n` +
    tidy(other.texts[0]!)
  );
}

const tidy = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

export const LICENSE_TARGET: Target = {
  file: 'THIRD-PARTY-LICENSES',
  render: () => thirdPartyLicenses(),
};
