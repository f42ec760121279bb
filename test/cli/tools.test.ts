import { renderTools } from '../../src/cli/tools';
import { describeTool } from '../../src/server/tool-list';
import { TOOLS } from '../../src/tools/registry';

test('as text: a line each, in columns', () => {
  const lines = renderTools(false).split('\n');
  expect(lines).toHaveLength(TOOLS.length);
  for (const [i, { name, title }] of TOOLS.entries()) {
    expect(lines[i]).toBe(`${name.padEnd('subtract'.length)}  a b  ${title}`);
  }
});

test('as JSON: what tools/list says', () => {
  expect(JSON.parse(renderTools(true))).toEqual(TOOLS.map(describeTool));
});
