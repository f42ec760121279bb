import { createRegistry, registry, TOOLS } from '../../src/tools/registry';

test('tools are listed in order and found by name', () => {
  expect(TOOLS.map(({ name }) => name)).toEqual(['add', 'subtract', 'multiply', 'divide']);
  expect([...registry.values()]).toEqual(TOOLS);
  expect(registry.get('add')).toBe(TOOLS[0]);
  expect(registry.get('constructor')).toBeUndefined();
});

test('a name cannot be given twice', () => {
  expect(() => createRegistry([TOOLS[0], TOOLS[0]])).toThrow('same name');
});

test.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s says what it is', (_, tool) => {
  expect(tool.title).toMatch(/^[A-Z][a-z]+$/);
  expect(tool.description.length).toBeGreaterThan(40);
  expect(tool.annotations).toEqual({
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  });
});

test('all tools together take at most 5 KB of tools/list', () => {
  const listed = TOOLS.map((tool) => ({ ...tool, run: undefined }));
  expect(Buffer.byteLength(JSON.stringify({ tools: listed }))).toBeLessThanOrEqual(5 * 1024);
});
