import { performance } from 'node:perf_hooks';
import { account } from '../accounts.mjs';
import { server } from '../paths.mjs';
import { withSession } from '../run-session.mjs';
import { quantile } from '../statistics.mjs';

const BYTES = { full: 2 ** 30, quick: 2 ** 26 };
const SIZES = { '64 KB': 2 ** 16, '1 MB': 2 ** 20 };
const IN_FLIGHT = 16;
/** So often the wrapper's memory is looked at, evenly over what passes. */
const LOOKS = 200;

/** Large answers through a wrapper, a gigabyte of them: its memory does not grow with what passes. */
export const volume = {
  name: 'volume',
  title: `1 GB of answers through a wrapper, ${IN_FLIGHT} in flight`,
  point: 'an answer',
  rounds: ({ rounds, quick }) => (quick ? 1 : Math.min(rounds, 3)),
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
    for (const [size, characters] of Object.entries(SIZES)) {
      const calls = (quick ? BYTES.quick : BYTES.full) / characters;
      await receiver.reset();
      const streamed = await withSession(large, receiver, {}, async (session) => {
        await session.initialize();
        const found = await stream(session, { calls, characters });
        const { peak } = await session.end();
        return { ...found, rssPeak: peak };
      });
      const received = await receiver.received();
      record(size, { ...streamed, ...account(variant, { calls, received }, without) });
    }
  },
};

/** Takes so many answers of so many characters, and looks at the wrapper's memory meanwhile. */
async function stream(session, { calls, characters }) {
  const text = 'x'.repeat(characters);
  const looks = [];
  let sent = 0;
  let answered = 0;
  const send = () => {
    let requests = '';
    for (const until = Math.min(calls, answered + IN_FLIGHT); sent < until; sent++) {
      requests += request(sent, characters);
    }
    if (requests !== '') session.write(requests);
  };

  const done = new Promise((resolve, reject) => {
    session.onLine = (line) => {
      if (line === answer(answered, text)) answered++;
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
    megabytesPerSecond: (calls * characters) / 2 ** 20 / seconds,
    rssSecond,
    rssLast,
    growth: (rssLast / rssSecond - 1) * 100,
  };
}

const request = (id, characters) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"give","arguments":{"characters":${characters}}}}\n`;

const answer = (id, text) =>
  `{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"${text}"}]}}`;
