import { onlyJsonRpc, startCli, stopAll, type Cli } from '../support/cli';
import { add, ExpectedIds } from './support/expected-ids';
import { CONSOLE, initialize, QUIET } from './support/lines';
import { LineMaker, seeded } from './support/mutations';

// FUZZ_SEED=… runs one seed alone: the seed of a failure stands in the name of its test.

const LINES = 5_000;
const SEEDS = process.env.FUZZ_SEED ? [Number(process.env.FUZZ_SEED)] : [1, 2, Date.now() % 1e9];

afterEach(stopAll);

interface Run {
  revision: string;
  env: Record<string, string>;
  args: string[];
}
const RUNS: [string, Run][] = [
  ['batches', { revision: '2025-03-26', env: QUIET, args: [] }],
  ['telemetry', { revision: '2025-11-25', env: CONSOLE, args: [] }],
  ['slow tools', { revision: '2025-03-26', env: QUIET, args: ['--fault', 'slow=20,error=0.1'] }],
];

describe.each(RUNS)('%s', (_, { revision, env, args }) => {
  test.each(SEEDS)(
    'each valid id is answered exactly once, unless cancelled: seed %d',
    async (seed) => {
      const random = seeded(seed);
      const batches = revision === '2025-03-26';
      const maker = new LineMaker(random, batches ? undefined : revision);
      const lines: Buffer[] = [Buffer.from(JSON.stringify(initialize(revision)))];
      while (lines.length < LINES) lines.push(maker.line());
      const expected = new ExpectedIds(batches);
      for (const line of lines) expected.line(line);

      const cli = startCli({ env, args, timeoutMs: 50_000 });
      await writeInPieces(cli, lines, random);
      expect(await cli.end()).toMatchObject({ code: 0, signal: null });
      onlyJsonRpc(cli.stdout);
      expect(wrongIds(cli, expected)).toEqual([]);
    },
    60_000,
  );
});

/** The bytes of the lines in chunks that end anywhere. */
async function writeInPieces(cli: Cli, lines: Buffer[], random: () => number): Promise<void> {
  const newline = Buffer.from('\n');
  const bytes = Buffer.concat(lines.flatMap((line) => [line, newline]));
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() ** 4 * 65_536);
    cli.write(bytes.subarray(at, (at += size)));
    await new Promise(setImmediate);
  }
}

/** The ids that were answered more or less often than is right, with both counts. */
function wrongIds(cli: Cli, { answers, cancellations, nameless }: ExpectedIds): string[] {
  const answered = new Map<string, number>();
  let withoutId = 0;
  for (const { id } of cli.messages) {
    if (id === undefined) withoutId++;
    else add(answered, id);
  }
  const wrong = [...new Set([...answers.keys(), ...answered.keys()])].flatMap((id) => {
    const most = answers.get(id) ?? 0;
    const least = Math.max(0, most - (cancellations.get(id) ?? 0));
    const count = answered.get(id) ?? 0;
    return count >= least && count <= most ? [] : [`${id}: ${count}, not ${least} to ${most}`];
  });
  return withoutId === nameless ? wrong : [`no id: ${withoutId}, not ${nameless}`, ...wrong];
}
