import { createFault } from '../../src/server/fault';
import { ToolError } from '../../src/tools/define-tool';

const signal = new AbortController().signal;

test('without a fault there is nothing to do before a call', () => {
  expect(createFault({ slowMillis: 0, errorShare: 0 })).toBeUndefined();
});

test.each([
  [0, 0.999, 'none'],
  [0.1, 0.0999, 'a failure'],
  [0.1, 0.1, 'none'],
  [1, 0.999, 'a failure'],
])('with a share of %d, a draw of %d makes %s', async (errorShare, draw, what) => {
  const fault = createFault({ slowMillis: 1, errorShare }, () => draw)!;
  const failed = await fault(signal).catch((error: unknown) => error);
  if (what === 'none') return expect(failed).toBeUndefined();
  expect(failed).toBeInstanceOf(ToolError);
  expect(failed).toMatchObject({ label: 'internal', message: expect.stringContaining('--fault') });
});

test('a call waits for so long', async () => {
  const fault = createFault({ slowMillis: 60, errorShare: 0 })!;
  const start = performance.now();
  await fault(signal);
  expect(performance.now() - start).toBeGreaterThan(55);
});

test('a cancelled call waits no longer', async () => {
  const abort = new AbortController();
  const waiting = createFault({ slowMillis: 600_000, errorShare: 0 })!(abort.signal);
  abort.abort();
  await expect(waiting).resolves.toBeUndefined();
});
