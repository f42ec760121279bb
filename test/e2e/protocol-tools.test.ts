import Ajv2020 from 'ajv/dist/2020';
import { startCli, stopAll, type RpcMessage } from '../support/cli';
import { QUIET } from './support/lines';

interface ListedTool {
  name: string;
  title: string;
  description: string;
  inputSchema: Record<string, unknown>;
  outputSchema: Record<string, unknown>;
  annotations: Record<string, unknown>;
}

let list: RpcMessage;
let line: string;
let tools: ListedTool[];
beforeAll(async () => {
  const cli = startCli({ env: QUIET });
  await cli.initialize();
  list = await cli.request('tools/list');
  line = cli.lines.at(-1)!;
  tools = list.result.tools;
});
afterAll(stopAll);

test('the answer takes at most 8 KB', () => {
  expect(JSON.parse(line)).toEqual(list);
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(8 * 1024);
  expect(list.result).not.toHaveProperty('nextCursor');
});

test('every tool says all that a client shows and a model needs', () => {
  expect(tools.map(({ name }) => name)).toEqual(['add', 'subtract', 'multiply', 'divide']);
  for (const tool of tools) {
    expect(tool.title).toMatch(/^[A-Z]/);
    expect(tool.description.length).toBeGreaterThan(40);
    expect(tool.annotations).toEqual({
      title: tool.title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    });
  }
});

/** Every object within a value, itself included. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const member of Object.values(value)) yield* objectsIn(member);
}

test('the schemas are of 2020-12, with nothing that a client is known to refuse', () => {
  const ajv = new Ajv2020({ strict: true });
  for (const { inputSchema, outputSchema } of tools) {
    for (const schema of [inputSchema, outputSchema]) {
      ajv.compile(schema);
      expect(schema['type']).toBe('object');
      for (const part of objectsIn(schema)) {
        if ('type' in part) expect(typeof part['type']).toBe('string');
        expect(part['$schema'] ?? 'https://json-schema.org/draft/2020-12/schema').toContain(
          '2020-12',
        );
        for (const branch of (part['anyOf'] as { description?: string }[] | undefined) ?? []) {
          expect(branch.description).toMatch(/\w/);
        }
      }
    }
  }
  expect(line).not.toContain('draft-07');
});
