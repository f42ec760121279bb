import { createRedaction } from '../../src/tap/redaction';
import { subjectOf } from '../../src/tap/subject';

const hides = createRedaction([]);
const resource = (uri: unknown) => subjectOf('resources/read', { uri }, hides)?.resource;

test.each([
  ['prompts/get', { name: 'greet' }, { prompt: 'greet' }],
  ['prompts/get', { name: 7 }, { prompt: undefined }],
  ['resources/subscribe', { uri: 'a://b' }, { resource: 'a://b' }],
  ['notifications/resources/updated', { uri: 'a://b' }, { resource: 'a://b' }],
  ['resources/list', { uri: 'a://b' }, undefined],
  ['tools/list', undefined, undefined],
])('%s of %j', (method, params, expected) => {
  expect(subjectOf(method, params)).toEqual(expected);
});

test.each([
  ['file:///home/me/a@b.txt', 'file:///home/me/a@b.txt'],
  ['https://me:s3cr3t@host/x?id=5', 'https://***@host/x?id=5'],
  ['https://me:s3@cr3t@host/x', 'https://***@host/x'],
  ['db://h/x?id=5&api_key=s3cr3t#top', 'db://h/x?id=5&api_key=***#top'],
  ['cb://x#access_token=s3cr3t;a=b', 'cb://x#access_token=***;a=b'],
  ['db://h/x?token=s3cr3t&token=more', 'db://h/x?token=***&token=***'],
  [7, undefined],
])('%s is told as %s', (uri, told) => {
  expect(resource(uri)).toBe(told);
});

test('in bounds', () => {
  expect(resource(`a://${'x'.repeat(5_000)}`)).toHaveLength(1_024);
});
