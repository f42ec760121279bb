import { createClock } from '../../src/tap/clock';
import { createRedaction } from '../../src/tap/redaction';
import type { LogEntry } from '../../src/telemetry/log-entry';
import { ServerLog } from '../../src/observe/server-log';
import { recordedConversation } from '../tap/recorded-conversation';

const MOMENT = { wall: 1_700_000_000_000, monotonic: 1 };

function start(recorded = recordedConversation()) {
  const lines: Omit<LogEntry, 'logger'>[] = [];
  const { conversation, time } = recorded;
  const log = new ServerLog({
    clock: createClock({ wall: () => time.wall, monotonic: () => time.monotonic }),
    hides: createRedaction([]),
    current: () => conversation.current,
    write: (line) => lines.push(line),
  });
  return { ...recorded, log, lines };
}

function logged(bytes: string | Buffer) {
  const { log, lines } = start();
  log.push(Buffer.from(bytes), MOMENT);
  log.end();
  return lines;
}

test.each([
  ['Server running on stdio', 'info'],
  ['INFO:     Started server process [1]', 'info'],
  ['2026-11-05 10:00:00,123 - mcp.server - DEBUG - Processing request', 'debug'],
  ['[trace] entering', 'debug'],
  ['time=2026-11-05T10:00:00Z level=WARN msg="an error was seen"', 'warn'],
  ['(node:123) Warning: deprecated', 'warn'],
  ['{"level":"error","msg":"info"}', 'error'],
  ['Traceback (most recent call last):', 'error'],
  ['panic: runtime error', 'error'],
  ['npm ERR! code E404', 'error'],
  ['Unhandled Exception', 'error'],
  ['CRITICAL: disk full', 'error'],
  ['notice: all is well', 'info'],
  ['terrors and informed debuggers', 'info'],
  [`${'.'.repeat(200)} error`, 'info'],
  ['\u001b[31mERROR\u001b[0m red', 'error'],
  ['\u001b[2m10:00\u001b[0m \u001b[1;33mWARN\u001b[0m yellow', 'warn'],
])('%j is %s', (line, level) => {
  expect(logged(`${line}\n`)).toMatchObject([{ level }]);
});

test('a record is its line, without what is for a terminal', () => {
  const { time } = recordedConversation();
  expect(logged('  \u001b[32mgreen\u001b[0m \u001b[?25lé😀  \r\n')).toEqual([
    {
      time: time.wall,
      level: 'info',
      message: '  green é😀',
      attributes: { 'log.iostream': 'stderr' },
    },
  ]);
});

test.each<[string, string | Buffer, string[]]>([
  ['several lines', 'a\nb\n', ['a', 'b']],
  ['a last line without its newline', 'a\nb', ['a', 'b']],
  ['blank lines', '\n\n a\n \n', [' a']],
  ['lines of colours alone', '\u001b[0m\n\u001b[0m \n', []],
  ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0x0a]), ['a\ufffd']],
  ['a long line', `${'x'.repeat(5_000)}\n`, [`${'x'.repeat(4_095)}…`]],
  ['one of 64 KiB', `${'x'.repeat(65_536)}\n`, [`${'x'.repeat(4_095)}…`]],
  ['a longer one', `${'x'.repeat(65_537)}\nb\n`, ['a line of 65537 bytes', 'b']],
  ['a secret', '{"password":"hunter2","a":1}\n', ['{"password":"***","a":1}']],
])('%s', (_, bytes, messages) => {
  expect(logged(bytes).map(({ message }) => message)).toEqual(messages);
});

test('however it is cut', () => {
  const { log, lines } = start();
  for (const byte of Buffer.from('é one\nWARN two\n')) log.push(Buffer.from([byte]), MOMENT);
  expect(lines).toMatchObject([
    { message: 'é one', level: 'info' },
    { message: 'WARN two', level: 'warn' },
  ]);
});

describe('a line has the ids of', () => {
  const idsOf = (recorded: ReturnType<typeof recordedConversation>) => {
    const { log, lines } = start(recorded);
    log.push(Buffer.from('a\n'), MOMENT);
    return [lines[0]!.traceId, lines[0]!.spanId];
  };

  test('the request that alone is open', () => {
    const recorded = recordedConversation();
    expect(idsOf(recorded)).toEqual([undefined, undefined]);
    recorded.client({ id: 1, method: 'tools/call', params: { name: 'a' } });
    const { traceId, spanId } = recorded.conversation.current!.operation;
    expect(idsOf(recorded)).toEqual([traceId, spanId]);
    recorded.server({ id: 0, method: 'roots/list' });
    expect(idsOf(recorded)).toEqual([traceId, spanId]);
  });

  test('none of two', () => {
    const recorded = recordedConversation();
    for (const id of [1, 2]) recorded.client({ id, method: 'ping' });
    expect(idsOf(recorded)).toEqual([undefined, undefined]);
  });

  test('none that is not sampled', () => {
    const recorded = recordedConversation({ sampler: () => false });
    recorded.client({ id: 1, method: 'ping' });
    expect(idsOf(recorded)).toEqual([undefined, undefined]);
  });
});
