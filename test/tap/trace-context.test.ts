import { extractTraceContext, type TraceContext } from '../../src/tap/trace-context';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PARENT = `00-${TRACE}-${SPAN}-01`;
const CONTEXT = { traceId: TRACE, spanId: SPAN, sampled: true };

const extract = (meta: unknown): TraceContext =>
  extractTraceContext(meta, ['tracecontext', 'baggage']);

test.each([
  ['sampled', PARENT, CONTEXT],
  ['not sampled', `00-${TRACE}-${SPAN}-00`, { ...CONTEXT, sampled: false }],
  ['other flags', `00-${TRACE}-${SPAN}-fe`, { ...CONTEXT, sampled: false, isRandom: true }],
  ['all flags', `00-${TRACE}-${SPAN}-ff`, { ...CONTEXT, isRandom: true }],
  ['a version to come', `cc-${TRACE}-${SPAN}-01`, CONTEXT],
  ['a version to come, with more fields', `cc-${TRACE}-${SPAN}-01-what-not`, CONTEXT],
])('a valid traceparent: %s', (_, traceparent, expected) => {
  expect(extract({ traceparent })).toEqual(expected);
});

test.each([
  ['empty', ''],
  ['words', 'no traceparent'],
  ['version ff', `ff-${TRACE}-${SPAN}-01`],
  ['a version that is no hex', `0x-${TRACE}-${SPAN}-01`],
  ['version 00 with more fields', `${PARENT}-00`],
  ['version 00 with a hyphen at the end', `${PARENT}-`],
  ['more without a hyphen', `cc-${TRACE}-${SPAN}-01what`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['upper case', PARENT.toUpperCase()],
  ['a trace id too short', `00-${TRACE.slice(1)}-${SPAN}-01`],
  ['a span id too long', `00-${TRACE}-${SPAN}0-01`],
  ['flags of one digit', `00-${TRACE}-${SPAN}-1`],
  ['no flags', `00-${TRACE}-${SPAN}`],
  ['spaces around', ` ${PARENT} `],
  ['a newline at the end', `${PARENT}\n`],
  ['a number', 1],
  ['an array', [PARENT]],
  ['an object', { toString: () => PARENT }],
  ['null', null],
])('a malformed traceparent is as none: %s', (_, traceparent) => {
  expect(extract({ traceparent, tracestate: 'a=1' })).toEqual({});
});

test.each([
  ['undefined', undefined],
  ['null', null],
  ['a string', PARENT],
  ['an array', [PARENT]],
  ['an empty object', {}],
  ['a progress token alone', { progressToken: 1 }],
])('meta that is %s holds none', (_, meta) => {
  expect(extract(meta)).toEqual({});
});

describe('tracestate', () => {
  const withState = (tracestate: unknown) => extract({ traceparent: PARENT, tracestate });
  const members = (count: number) => Array.from({ length: count }, (_, i) => `k${i}=v`).join(',');

  test.each([
    ['one member', 'congo=t61rcWkgMzE', 'congo=t61rcWkgMzE'],
    ['several, with white space', ' a=1 ,\tb=2, ,c=3', 'a=1,b=2,c=3'],
    ['a tenant’s key', 'fw529a3039@dt=FfffffFU', 'fw529a3039@dt=FfffffFU'],
    ['an equals sign in a value is none', 'a=1=2', undefined],
    ['32 members', members(32), members(32)],
    ['33 members', members(33), undefined],
    [
      '512 characters',
      `a=${'b'.repeat(256)},c=${'d'.repeat(251)}`,
      `a=${'b'.repeat(256)},c=${'d'.repeat(251)}`,
    ],
    ['513 characters', `a=${'b'.repeat(256)},c=${'d'.repeat(252)}`, undefined],
    ['a value of 257 characters', `a=${'b'.repeat(257)}`, undefined],
    ['no value', 'a', undefined],
    ['an upper-case key', 'A=1', undefined],
    ['a character beyond ASCII', 'a=é', undefined],
    ['nothing', '', undefined],
    ['a number', 1, undefined],
  ])('%s', (_, tracestate, traceState) => {
    expect(withState(tracestate)).toEqual({ ...CONTEXT, ...(traceState && { traceState }) });
  });
});

describe('baggage', () => {
  test.each([
    ['as sent', 'userId=alice,serverNode=DF%2028', true],
    ['8,192 characters', 'a='.padEnd(8_192, 'b'), true],
    ['8,193 characters', 'a='.padEnd(8_193, 'b'), false],
    ['a number', 1, false],
  ])('%s', (_, baggage, kept) => {
    expect(extract({ baggage })).toEqual(kept ? { baggage } : {});
    expect(extract({ traceparent: PARENT, baggage })).toEqual({
      ...CONTEXT,
      ...(kept && { baggage }),
    });
  });
});

test.each([
  [['tracecontext'], CONTEXT],
  [['baggage'], { baggage: 'a=1' }],
  [[], {}],
] as const)('only what the propagators %j name is read', (propagators, expected) => {
  const meta = { traceparent: PARENT, baggage: 'a=1' };
  expect(extractTraceContext(meta, propagators)).toEqual(expected);
});

test('headers are read as `_meta` is', () => {
  const headers = {
    host: 'localhost',
    traceparent: PARENT,
    tracestate: 'a=1, b=2',
    baggage: 'k=v',
  };
  expect(extract(headers)).toEqual({ ...CONTEXT, traceState: 'a=1,b=2', baggage: 'k=v' });
  // Sent twice: Node joins them.
  expect(extract({ ...headers, traceparent: `${PARENT}, ${PARENT}` })).toEqual({ baggage: 'k=v' });
});
