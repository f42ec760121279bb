import { performance } from 'node:perf_hooks';
import { account } from '../accounts.mjs';
import { server } from '../paths.mjs';
import { withSession } from '../run-session.mjs';
import { quantile } from '../statistics.mjs';

const BYTES = { full: 2 ** 30, quick: 2 ** 25 };
/** Of each call: the characters of what is asked, and of what is answered. */
const CALLS = {
  'answers of 64 KB': { asked: 1, answered: 2 ** 16 },
  'answers of 1 MB': { asked: 1, answered: 2 ** 20 },
  'requests of 64 KB': { asked: 2 ** 16, answered: 1 },
};
const QUICK = ['answers of 64 KB', 'requests of 64 KB'];
const IN_FLIGHT = 16;
/** So often the wrapper's memory is looked at, evenly over what passes. */
const LOOKS = 200;

/** A gigabyte of large messages through a wrapper: its memory does not grow with what passes. */
export const volume = {
  name: 'volume',
  title: `1 GB through a wrapper, ${IN_FLIGHT} calls in flight`,
  point: '1 GB of',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 2)),
  takes: ({ behind }) => behind !== undefined,
  columns: [
    { key: 'megabytesPerSecond', title: 'MB/s' },
    { key: 'rssSecond', title: 'RSS in the second quarter, MB', digits: 1 },
    { key: 'rssLast', title: 'in the last', digits: 1 },
    { key: 'growth', title: 'change, %', digits: 1 },
    { key: 'rssPeak', title: 'peak, MB' },
    { key: 'spansLost', title: 'spans lost' },
  ],
  async run(variant, { quick, receiver, idle }, record) {
    const without = await idle();
    const large = { ...variant, behind: server('large.mjs') };
    for (const point of quick ? QUICK : Object.keys(CALLS)) {
      const sizes = CALLS[point];
      const calls = (quick ? BYTES.quick : BYTES.full) / Math.max(sizes.asked, sizes.answered);
      await receiver.reset();
      const streamed = await withSession(large, receiver, {}, async (session) => {
        await session.initialize();
        // V8's nursery grows to its full size in the first half of a gigabyte, and then no more.
        await stream(session, calls, sizes);
        const found = await stream(session, calls, sizes);
        const { peak } = await session.end();
        return { ...found, rssPeak: peak };
      });
      const received = await receiver.received();
      record(point, { ...streamed, ...account(variant, { calls: 2 * calls, received }, without) });
    }
  },
};

/** Makes so many calls of such sizes, and looks at the wrapper's memory meanwhile. */
async function stream(session, calls, sizes) {
  const given = 'x'.repeat(sizes.asked);
  const taken = 'x'.repeat(sizes.answered);
  const looks = [];
  let sent = 0;
  let answered = 0;
  const send = () => {
    let requests = '';
    for (const until = Math.min(calls, answered + IN_FLIGHT); sent < until; sent++) {
      requests += request(sent, given, sizes.answered);
    }
    if (requests !== '') session.write(requests);
  };

  const done = new Promise((resolve, reject) => {
    session.onLine = (line) => {
      if (line === answer(answered, taken)) answered++;
      else reject(session.error(`answered ${line.slice(0, 200)} to call ${answered}`));
    };
    session.onRead = () => {
      while (looks.length < (answered / calls) * LOOKS) looks.push(session.memory());
      if (answered === calls) resolve();
      else send();
    };
  });
  const began = performance.now();
  send();
  await session.wait(done);
  const seconds = (performance.now() - began) / 1_000;
  session.onLine = session.onRead = () => {};

  const rss = (await Promise.all(looks)).map(({ now }) => now);
  const quarter = (n) => quantile(rss.slice(((n - 1) * LOOKS) / 4, (n * LOOKS) / 4), 0.5);
  const [rssSecond, rssLast] = [quarter(2), quarter(4)];
  return {
    megabytesPerSecond: (calls * (sizes.asked + sizes.answered)) / 2 ** 20 / seconds,
    rssSecond,
    rssLast,
    growth: (rssLast / rssSecond - 1) * 100,
  };
}

const request = (id, text, characters) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"give","arguments":{"characters":${characters},"text":"${text}"}}}\n`;

const answer = (id, text) =>
  `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"${text}"}]}}`;
