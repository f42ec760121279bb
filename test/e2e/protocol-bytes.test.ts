import { stopAll } from '../support/cli';
import { answer, call, error, LineSession, ping, pipe, result } from './support/lines';

afterEach(stopAll);

const text = JSON.stringify(ping('é€😀日本'));

test.each([
  ['CRLF', `${text}\r\n`],
  ['a byte order mark', `\uFEFF${text}\n`],
  ['a byte order mark and CRLF', `\uFEFF${text}\r\n`],
  ['blank lines around', `\n\r\n \n${text}\n\n`],
  ['no newline at the end', text],
  ['a carriage return at the end', `${text}\r`],
])('a request with %s', async (_, input) => {
  const { replies, exit } = await pipe(input);
  expect(replies).toEqual([result('é€😀日本')]);
  expect(exit).toMatchObject({ code: 0, signal: null });
});

test('nothing at all', async () => {
  const { cli, exit } = await pipe('');
  expect([cli.stdout, cli.stderr, exit.code]).toEqual(['', '', 0]);
});

test('a line that comes byte by byte', async () => {
  const session = await LineSession.start();
  for (const byte of Buffer.from(text)) {
    session.cli.write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  expect(await session.say('\n')).toEqual([result('é€😀日本')]);
});

test('line separators of JavaScript within a string end no line', async () => {
  const id = 'a\u2028b\u2029c\u0085d';
  const line = JSON.stringify(ping(id));
  expect(line).toContain('\u2028');
  const { replies } = await pipe(`${line}\n`);
  expect(replies).toEqual([result(id)]);
});

test('invalid UTF-8 gets an answer, and so does the line after it', async () => {
  const session = await LineSession.start();
  const bytes = Buffer.from(JSON.stringify(call(1, 'add', { a: '?', b: 1 })));
  bytes[bytes.indexOf('?')] = 0xff;
  expect(await session.say(Buffer.concat([bytes, Buffer.from('\n')]))).toEqual([
    result(1, expect.objectContaining({ isError: true })),
  ]);
  expect(await session.say(Buffer.from([0xff, 0xfe, 0x0a]))).toEqual([
    error(-32700, expect.any(String)),
  ]);
});

test('UTF-16, as PowerShell writes it, is refused line by line', async () => {
  const utf16 = Buffer.from(`\uFEFF${JSON.stringify(ping(1))}\n`, 'utf16le');
  const { replies, exit } = await pipe(utf16);
  for (const reply of replies) expect(reply).toMatchObject({ error: { code: -32700 } });
  expect([replies.length > 0, exit.code]).toEqual([true, 0]);
});

describe('sizes', () => {
  const LIMIT = 10 * 1024 * 1024;
  /** A ping of exactly so many bytes, its newline left out. */
  const pingOf = (bytes: number) => {
    const line = (filling: string) => JSON.stringify({ ...ping(1), params: { filling } });
    return line('x'.repeat(bytes - line('').length));
  };

  test.each([
    ['10 MB', LIMIT, result(1)],
    ['10 MB and a byte', LIMIT + 1, undefined],
    ['11 MB', 11 * 1024 * 1024, undefined],
  ])('a line of %s', async (_, bytes, reply) => {
    const session = await LineSession.start();
    const reason = `Invalid request: a line of ${bytes} bytes; at most 10 MB are read`;
    expect(await session.say(`${pingOf(bytes)}\n`)).toEqual([reply ?? error(-32600, reason)]);
  });

  test('an oversized last line without a newline', async () => {
    const { replies, exit } = await pipe(pingOf(LIMIT + 1));
    expect(replies).toEqual([error(-32600, expect.stringContaining('at most 10 MB'))]);
    expect(exit.code).toBe(0);
  });

  test('operands as long as a line may be', async () => {
    const session = await LineSession.start();
    const long = '1'.repeat(4 * 1024 * 1024);
    expect(await session.say(`${JSON.stringify(call(1, 'add', { a: long, b: long }))}\n`)).toEqual([
      result(1, expect.objectContaining({ isError: true })),
    ]);
    expect(session.cli.stdout.length).toBeLessThan(5_000);
  });

  test('an answer longer than a pipe holds', async () => {
    const session = await LineSession.start();
    const a = `${'9'.repeat(10_000)}e9000`;
    const [reply] = await session.say(`${JSON.stringify(call(1, 'add', { a, b: 1 }))}\n`);
    expect(reply).toEqual(answer(1, `${'9'.repeat(10_000)}${'0'.repeat(8_999)}1`));
  });
});
