/** The picture's path from the repository's top level. */
export const PICTURE = 'docs/images/phoenix-trace.png';

const MARKED = /(<!-- screenshot -->\n\n)[^]*?(\n\n<!-- \/screenshot -->)/;

/**
 * The README with the picture, under this alternative text, between its marks.
 * @throws where there are none
 */
export function withPicture(readme, alt) {
  if (!MARKED.test(readme)) throw new Error('README.md has no place for the picture.');
  return readme.replace(MARKED, (_, open, close) => `${open}![${alt}](${PICTURE})${close}`);
}
