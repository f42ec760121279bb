import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createGuards } from '../../src/http/guard';
import { Refusal } from '../../src/http/refusal';

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const SETTINGS = {
  host: '127.0.0.1',
  allowedHosts: ['calc.example.com', '2001:db8::1'],
  allowedOrigins: ['https://app.example.com', 'http://dev.example.com:5173'],
  tokenDigests: ['one', 'two'].map(digest),
};
type Name = keyof ReturnType<typeof createGuards>;

/** Why a request with these headers is not let in; undefined: it is. */
function refusalOf(name: Name, headers: IncomingMessage['headers'], settings = {}) {
  try {
    createGuards({ ...SETTINGS, ...settings })[name]({ headers } as IncomingMessage);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return error as Refusal;
  }
}

test.each<[string | undefined, string | undefined]>([
  ['127.0.0.1', undefined],
  ['127.0.0.1:8100', undefined],
  ['LOCALHOST:1', undefined],
  ['calc.example.com', undefined],
  ['[2001:db8::1]:8100', undefined],
  ['app.example.com', undefined],
  ['dev.example.com:80', undefined],
  // By an address nobody is led here who did not mean to.
  ['10.1.2.3', undefined],
  ['[::]', undefined],
  ['example.com', 'host_not_allowed'],
  ['calc.example.com.evil.com', 'host_not_allowed'],
  ['127.0.0.1.evil.com', 'host_not_allowed'],
  ['localhost:8100:8100', 'host_not_allowed'],
  [':8100', 'host_not_allowed'],
  ['', 'malformed_http'],
  [undefined, 'malformed_http'],
])('Host %j: %s', (host, reason) => {
  expect(refusalOf('host', { host })?.reason).toBe(reason);
});

test('the name that is listened at is one of its own', () => {
  const host = { host: 'my-machine:8100' };
  expect(refusalOf('host', host)?.reason).toBe('host_not_allowed');
  expect(refusalOf('host', host, { host: 'my-machine' })).toBeUndefined();
});

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['https://app.example.com', undefined],
  ['http://dev.example.com:5173', undefined],
  // The server's own, as the request has it.
  ['http://127.0.0.1:8100', undefined],
  ['https://127.0.0.1:8100', undefined],
  ['http://127.0.0.1', 'origin_not_allowed'],
  ['http://app.example.com', 'origin_not_allowed'],
  ['https://app.example.com:444', 'origin_not_allowed'],
  ['https://app.example.com/', 'origin_not_allowed'],
  ['file://127.0.0.1:8100', 'origin_not_allowed'],
  ['null', 'origin_not_allowed'],
  ['', 'origin_not_allowed'],
])('Origin %j: %s', (origin, reason) => {
  expect(refusalOf('origin', { origin, host: '127.0.0.1:8100' })?.reason).toBe(reason);
});

const WANTED = 'Bearer realm="ts-calculator"';
const INVALID = `${WANTED}, error="invalid_token"`;
test.each<[string | undefined, string | undefined]>([
  ['Bearer one', undefined],
  ['bearer  two', undefined],
  [undefined, WANTED],
  ['', WANTED],
  ['Bearer', WANTED],
  ['Bearer ', WANTED],
  ['Bearer one two', WANTED],
  ['Basic one', WANTED],
  ['one', WANTED],
  ['Bearer three', INVALID],
  ['Bearer onetwo', INVALID],
  ['Bearer One', INVALID],
  [`Bearer ${digest('one')}`, INVALID],
])('Authorization %j: %s', (authorization, challenge) => {
  const refusal = refusalOf('token', { authorization });
  expect(refusal?.headers['WWW-Authenticate']).toBe(challenge);
  if (refusal) expect(refusal.reason).toBe('unauthorized');
});

test('where no token is set, nobody is asked for one', () => {
  expect(refusalOf('token', {}, { tokenDigests: [] })).toBeUndefined();
});

test('what a refusal quotes is short, and in quotes', () => {
  const long = `evil\n${'x'.repeat(5_000)}`;
  for (const refusal of [
    refusalOf('host', { host: long }),
    refusalOf('origin', { origin: long }),
  ]) {
    expect(refusal!.message).toMatch(/"evil\\nx+"/);
    expect(refusal!.message.length).toBeLessThan(200);
  }
});
