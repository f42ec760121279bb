import { loadSettings } from '../../src/config';
import { LinePipeline } from '../../src/telemetry/line-pipeline';
import type { LogEntry } from '../../src/telemetry/log-entry';
import { OperationColumns } from '../../src/telemetry/operation-columns';
import { Want, type Batch } from '../../src/telemetry/pipeline';
import { operation } from './operations';

const { settings } = loadSettings({
  flags: {},
  env: { OTEL_SDK_DISABLED: 'true' },
  packageVersion: '1',
});

const entry = (message: string, level: LogEntry['level'] = 'info'): LogEntry => ({
  time: 0,
  level,
  logger: 'calc',
  message,
});
const batch = (...entries: LogEntry[]): Batch => ({
  operations: new OperationColumns().columns,
  wants: [],
  entries,
  entryWants: entries.map(() => Want.line),
});

function start() {
  let text = '';
  const pipeline = new LinePipeline(settings, { writeStderr: (more) => void (text += more) });
  const messages = () => [...text.matchAll(/ - ([^-]*)\n/g)].map(([, message]) => message);
  return { pipeline, messages };
}

/** As if the package had been replaced under the process. */
function withoutWinston(): void {
  jest.doMock('../../src/telemetry/lines', () => {
    throw new Error('no such file');
  });
}
afterEach(() => jest.resetModules());

describe.each([
  ['with winston', () => {}],
  ['where winston cannot be loaded', withoutWinston],
])('%s', (_, prepare) => {
  beforeEach(prepare);
  afterEach(() => jest.dontMock('../../src/telemetry/lines'));

  test('batches from before it was loaded come in their order, and all before the end', async () => {
    const { pipeline, messages } = start();
    pipeline.accept(batch(entry('one'), entry('two')));
    pipeline.accept(batch(entry('three')));
    await pipeline.shutdown();
    expect(messages()).toEqual(['one', 'two', 'three']);
  });

  test('an entry whose line stands already is not written again', async () => {
    const { pipeline, messages } = start();
    pipeline.accept({ ...batch(entry('written'), entry('new')), entryWants: [0, Want.line] });
    await pipeline.shutdown();
    expect(messages()).toEqual(['new']);
  });

  test('only what is wanted is written', async () => {
    const { pipeline, messages } = start();
    pipeline.accept(batch(entry('hidden', 'debug'), entry('shown', 'error')));
    const operations = new OperationColumns();
    operations.push(operation({ tool: 'add' }));
    operations.push(operation({ tool: 'divide' }));
    pipeline.accept({ ...batch(), operations: operations.columns, wants: [Want.line, 0] });
    await pipeline.shutdown();
    expect(messages()).toEqual(['shown', expect.stringMatching(/^tools\/call add ok/)]);
  });
});

test('where there was no line, nothing is loaded and nothing written', async () => {
  const { pipeline, messages } = start();
  await pipeline.shutdown();
  expect(messages()).toEqual([]);
});
