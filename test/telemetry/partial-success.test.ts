import { PartialSuccesses } from '../../src/telemetry/partial-success';

const MESSAGE = 'Received Partial Success response:';

let partial: PartialSuccesses;
beforeEach(() => void (partial = new PartialSuccesses()));

test.each([
  ['{"rejectedSpans":"3","errorMessage":"too old"}', { rejected: 3, message: 'too old' }],
  ['{"rejectedLogRecords":4}', { rejected: 4, message: '' }],
  ['{"rejectedDataPoints":5,"errorMessage":""}', { rejected: 5, message: '' }],
  ['{"errorMessage":"soon too old"}', { rejected: 0, message: 'soon too old' }],
  ['{"rejectedSpans":"many"}', { rejected: 0, message: '' }],
])('%s', (json, expected) => {
  expect(partial.hear(MESSAGE, [json])).toBe(true);
  expect(partial.take()).toEqual(expected);
  expect(partial.take()).toBeUndefined();
});

test.each(['no JSON', undefined])('%s says nothing of the rest', (json) => {
  expect(partial.hear(MESSAGE, [json])).toBe(true);
  expect(partial.take()).toBeUndefined();
});

test('another message is none of these', () => {
  expect(partial.hear('Export succeeded but', ['{"rejectedSpans":1}'])).toBe(false);
  expect(partial.take()).toBeUndefined();
});
