import type { LogLevel } from '../../src/config/settings';
import { createLines, type Lines } from '../../src/telemetry/lines';
import { createFormat, type LogEntry } from '../../src/telemetry/log-entry';

const formatText = createFormat('text');
const formatJson = createFormat('json');

let writes: [text: string, lines: number][];
const create = (logLevel: LogLevel, logFormat: 'text' | 'json' = 'text'): Lines =>
  createLines({ logLevel, logFormat }, (...write) => writes.push(write));
beforeEach(() => void (writes = []));

const entry = (message: string, level: LogLevel = 'info'): LogEntry => ({
  time: 1_700_000_000_000,
  level,
  logger: 'calc',
  message,
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the lines of one turn are one write, whole and in order', async () => {
  const lines = create('info');
  const entries = Array.from({ length: 1_000 }, (_, i) => entry(`line ${i}`));
  entries.forEach((one) => lines.log(one));
  expect(writes).toEqual([]);
  await turn();
  expect(writes).toEqual([[entries.map((one) => `${formatText(one)}\n`).join(''), 1_000]]);
});

test('flush does not wait for the turn, and writes nothing twice', async () => {
  const lines = create('info', 'json');
  lines.log(entry('a'));
  lines.flush();
  lines.flush();
  await turn();
  expect(writes).toEqual([[`${formatJson(entry('a'))}\n`, 1]]);
});

test.each<[LogLevel, number]>([
  ['error', 1],
  ['warn', 2],
  ['info', 3],
  ['debug', 4],
])('at %s as many of the levels are written: %i', (level, count) => {
  const lines = create(level);
  const all = (['error', 'warn', 'info', 'debug'] as const).map((name) => entry(name, name));
  all.forEach((one) => lines.log(one));
  lines.flush();
  expect(writes[0]![1]).toBe(count);
  expect(all.filter((one) => lines.takes(one.level))).toHaveLength(count);
});

test('what its own setting has let pass is written whatever the level', () => {
  const lines = create('error');
  lines.write(entry('of the SDK', 'debug'));
  lines.flush();
  expect(writes[0]![0]).toContain('DEBUG');
});
