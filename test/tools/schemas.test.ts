import { Ajv2020 } from 'ajv/dist/2020';
import type { Tool, ToolAnswer } from '../../src/tools/define-tool';
import { TOOLS } from '../../src/tools/registry';

const ajv = new Ajv2020({ strict: true, allErrors: true });

const ARGUMENTS: readonly unknown[] = [
  1,
  -0,
  0.1,
  5e-324,
  2 ** 60,
  '0.1',
  '1,234,567.89',
  '5'.padStart(20_100),
  '5'.padStart(20_101),
  'x',
  '',
  '1e20000',
  Infinity,
  null,
  undefined,
  true,
  [1],
  { value: 1 },
];

const CALLS: readonly object[] = [
  {},
  ...ARGUMENTS.flatMap((a) => [{ a }, { a, b: 3 }, { a: 1, b: a }, { a, b: '7', c: 1 }]),
  ...ARGUMENTS.map((value) => ({ a: 1, b: 2, extra: value })),
];

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s', (_, tool) => {
  const acceptsInput = ajv.compile(tool.inputSchema);
  const acceptsOutput = ajv.compile(tool.outputSchema);

  test('answers nothing that its inputSchema refuses', () => {
    for (const args of CALLS) {
      if (answer(tool, args)) expect([args, acceptsInput(args)]).toEqual([args, true]);
    }
  });

  test('refuses, of what its inputSchema accepts, only texts that are no numbers and a zero divisor', () => {
    const accepted = CALLS.filter((args) => acceptsInput(args));
    expect(accepted.length).toBeGreaterThan(20);
    for (const args of accepted) {
      const values = Object.values(args);
      const mayFail = values.includes(0) || values.some((value) => typeof value === 'string');
      if (!mayFail) expect([args, answer(tool, args)]).toEqual([args, expect.anything()]);
    }
  });

  test('answers what its outputSchema accepts, with every member that it names', () => {
    const members = new Set<string>();
    for (const args of CALLS) {
      const structured = answer(tool, args)?.structured;
      if (structured === undefined) continue;
      expect([structured, acceptsOutput(structured)]).toEqual([structured, true]);
      Object.keys(structured).forEach((member) => members.add(member));
    }
    const { properties } = tool.outputSchema as { properties: object };
    expect([...members].sort()).toEqual(Object.keys(properties).sort());
  });

  test('its schemas are plain 2020-12 objects without type arrays', () => {
    for (const schema of [tool.inputSchema, tool.outputSchema]) {
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
      expect(JSON.stringify(schema)).not.toMatch(/"type":\[|\$schema|draft/);
    }
  });
});

function answer(tool: Tool, args: object): ToolAnswer | undefined {
  try {
    return tool.run(args as Record<string, unknown>);
  } catch {
    return undefined;
  }
}
