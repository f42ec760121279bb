import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SignalName } from '../../src/config/settings';
import type { MetricSnapshot } from '../../src/telemetry/metrics/snapshot';
import { OperationColumns } from '../../src/telemetry/operation-columns';
import { Want, type Batch, type PipelineInit, type Settlement } from '../../src/telemetry/pipeline';
import { WorkerPipeline, type WorkerHost } from '../../src/telemetry/worker-pipeline';
import { Waiters } from '../support/waiters';

const SCRIPT = pathToFileURL(join(__dirname, 'scripted-worker.mjs'));

let pipeline: WorkerPipeline;
let written: string[];
let crashes: string[];
let lost: { spans: number; logs: number; lines: number }[];
let settled: Settlement[];
let found: SignalName[];
const waiters = new Waiters();
const until = (condition: () => unknown) =>
  waiters.add(condition, 10_000, () => `${condition}\n${written.join('\n')}`);

const host: WorkerHost = {
  pull: async () => 'of the counts' as unknown as MetricSnapshot,
  settled: (settlement) => settled.push(settlement),
  found: (signal) => found.push(signal),
  writeStderr: (text) => written.push(text),
  crashed: (error, isRestarted) => crashes.push(`${error.message}, restarted: ${isRestarted}`),
  lost: (counts) => lost.push(counts),
  initAfterCrash: () => init('second'),
};
const init = (settings: string): PipelineInit => ({ settings }) as unknown as PipelineInit;

const start = (settings = 'first', isGuest = false): void => {
  pipeline = new WorkerPipeline(init(settings), host, { file: SCRIPT, isGuest });
};
beforeEach(() => {
  [written, crashes, lost, settled, found] = [[], [], [], [], []];
});
afterEach(() => pipeline.terminate());

const batch = (...deeds: string[]): Batch => ({
  operations: new OperationColumns().columns,
  wants: [],
  entries: deeds.map((message) => ({ time: 0, level: 'info', logger: 'x', message })),
  entryWants: deeds.map(() => Want.line | Want.logRecord),
});

test.each([
  ['our own process', false],
  ['the process of others', true],
])('in %s: hands over what comes, and back what the worker says', async (_, isGuest) => {
  start('first', isGuest);
  pipeline.accept(batch('pull', 'settle', 'find', 'print'));
  await until(() => written.length === 6);
  expect(written.sort()).toEqual([
    'first: find',
    'first: print',
    'first: pull',
    'first: settle',
    'printed\n',
    'snapshot of the counts',
  ]);
  expect(settled).toEqual([{ signal: 'spans', count: 1, fate: 'exported' }]);
  expect(found).toEqual(['traces']);
  await pipeline.shutdown();
  await pipeline.terminate();
  expect(crashes).toEqual([]);
});

test.each([
  ['crash', 'on demand'],
  ['exit', 'it ended with code 7'],
])('after a %s it is started again, and gets what came meanwhile', async (deed, message) => {
  start();
  pipeline.accept(batch('settle', deed));
  await until(() => crashes.length === 1);
  expect(crashes).toEqual([`${message}, restarted: true`]);
  // What was settled before the crash is not lost with it.
  expect(settled).toHaveLength(1);
  pipeline.accept(batch('settle'));
  await until(() => settled.length === 2);
  expect(written.at(-1)).toBe('second: settle');
});

test('what cannot be kept until there is a worker is told as lost', async () => {
  start('crash at the start');
  await until(() => crashes.length === 1);
  for (let i = 0; i < 258; i++) pipeline.accept(batch(`${i}`, 'more'));
  expect(lost).toEqual([
    { spans: 0, logs: 2, lines: 2 },
    { spans: 0, logs: 2, lines: 2 },
  ]);
  await until(() => written.length === 512);
  expect(written[0]).toBe('second: 2');
});

test('the end does not wait for the restart', async () => {
  start();
  pipeline.accept(batch('crash'));
  await until(() => crashes.length === 1);
  pipeline.accept(batch('settle'));
  await pipeline.shutdown();
  expect(settled).toHaveLength(1);
});

test('a crash at the end is its end', async () => {
  start();
  pipeline.accept(batch('crash'));
  await pipeline.shutdown();
  expect(crashes).toEqual(['on demand, restarted: false']);
});

test('a worker that never comes to its end can be ended', async () => {
  start();
  pipeline.accept(batch('spin'));
  await until(() => written.length === 1);
  void pipeline.shutdown();
  await pipeline.terminate();
  expect(crashes).toEqual([]);
});
