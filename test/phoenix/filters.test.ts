import { ROWS, type Row } from '../e2e/support/scripted-rows';
import { labels, play } from '../e2e/support/scripted-session';
import { stopAll } from '../support/cli';
import { startTraced } from './support/session';
import { checked, sharedPhoenix } from './support/shared';

// Filters as a user types them on Phoenix's page find the spans that they should, and no other.

const PROJECT = 'filters';
const phoenix = sharedPhoenix();
/** The spans' ids, row by row. */
let ids: string[];

beforeAll(async () => {
  const cli = startTraced({ env: { PHOENIX_PROJECT_NAME: PROJECT } });
  await play(cli, ROWS);
  await cli.end();
  await phoenix.waitForCount(PROJECT, ROWS.length);
  ids = (await phoenix.spans(PROJECT)).map(({ context }) => context.span_id);
});
afterAll(stopAll);

const isCall = ({ method }: Row) => method === 'tools/call';
const failed = ({ label }: Row) => label !== undefined;
const tool = (name: string) => (row: Row) => row.tool === name;
const connected = ({ beforeInitialize }: Row) => !beforeInitialize;
const all = () => true;

const FILTERS: [string, (row: Row) => boolean][] = [
  ["attributes['mcp']['tool']['name'] == 'add'", tool('add')],
  ["mcp.tool.name == 'add'", tool('add')],
  ["attributes['tool']['name'] == 'divide'", tool('divide')],
  ["tool.name == 'divide'", tool('divide')],
  ["attributes['gen_ai']['tool']['name'] == 'add'", tool('add')],
  ["attributes['gen_ai']['operation']['name'] == 'execute_tool'", isCall],
  ["attributes['mcp']['method'] == 'tools/call'", isCall],
  ["mcp.method == 'tools/list'", ({ method }) => method === 'tools/list'],
  ["attributes['mcp']['tool']['error'] == True", failed],
  [
    "attributes['mcp']['tool']['error_label'] == 'division_by_zero'",
    ({ label }) => label === 'division_by_zero',
  ],
  ["attributes['mcp']['tool']['result'] == 0.3", ({ result }) => result === 0.3],
  ["attributes['mcp']['tool']['arg']['a'] >= 5", ({ numbers }) => (numbers?.a ?? 0) >= 5],
  ["attributes['mcp']['client']['name'] == 'test-client'", connected],
  ["attributes['mcp']['protocol_version'] == '2025-11-25'", connected],
  ["attributes['mcp']['protocol']['version'] == '2025-11-25'", connected],
  ["attributes['error']['type'] == 'tool_error'", failed],
  ["attributes['rpc']['response']['status_code'] == '-32602'", ({ code }) => code === -32602],
  ["attributes['jsonrpc']['request']['id'] == 'row-5'", (row) => row === ROWS[5]],
  ["attributes['service']['name'] == 'ts-calculator'", all],
  ["metadata['client']['name'] == 'test-client'", connected],
  ["metadata['service']['name'] == 'ts-calculator'", all],
  ["metadata['service']['version'] == '0.0.0'", () => false],
  ["metadata['protocol'] == '2025-11-25'", connected],
  ["span_kind == 'TOOL'", isCall],
  ["span_kind == 'CHAIN'", (row) => !isCall(row)],
  ["span_kind == 'UNKNOWN'", () => false],
  ["status_code == 'ERROR'", failed],
  ["span_kind == 'TOOL' and status_code != 'ERROR'", (row) => isCall(row) && !failed(row)],
  [
    "span_kind == 'TOOL' and attributes['mcp']['tool']['name'] == 'divide' and status_code == 'ERROR'",
    (row) => row.tool === 'divide' && failed(row),
  ],
  ['latency_ms < 60000', all],
  ['latency_ms > 60000', () => false],
  ["'Division by zero' in status_message", ({ label }) => label === 'division_by_zero'],
  ["name == 'tools/call add'", (row) => labels(row).join(' ') === 'tools/call add'],
  ["'tools/call' in name", isCall],
  ["'1e10001' in input.value", ({ label }) => label === 'limit_exceeded'],
  ["'0.3' in output.value", ({ result }) => [0.3, 1 / 3].includes(result!)],
  ['parent_id is None', all],
  ['latency_ms < 60000', all],
];

test.each(FILTERS)('%s', async (condition, isMeant) => {
  const meant = ids.filter((_, index) => isMeant(ROWS[index]!));
  const found = await phoenix.spanFields<{ spanId: string }>(PROJECT, 'spanId', condition);
  expect(found.map(({ spanId }) => spanId)).toEqual(meant);
  checked(found.length);
});

test("the session's id, as it stands on the page", async () => {
  const [span] = await phoenix.spans(PROJECT);
  const id = String(span!.attributes['session.id']);
  for (const name of ["attributes['session']['id']", "attributes['mcp']['session_id']"]) {
    const condition = `${name} == '${id}'`;
    expect(await phoenix.spanFields(PROJECT, 'spanId', condition)).toHaveLength(ROWS.length);
  }
});

// Phoenix nests names at their dots. `mcp.method` holds a text, so `mcp.method.name` finds no place
// under it and stays one name below `mcp`: that filter is spelled otherwise than anybody would guess.
test.each([
  ["attributes['mcp']['method']['name'] == 'tools/call'", () => false],
  ["attributes['mcp']['method.name'] == 'tools/call'", isCall],
])('beside mcp.method, mcp.method.name is hard to find: %s', async (condition, isMeant) => {
  const found = await phoenix.spanFields(PROJECT, 'spanId', condition);
  expect(found).toHaveLength(ROWS.filter(isMeant).length);
});
