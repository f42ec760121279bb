import { parseArgs } from 'node:util';

const ROUNDS = { full: 5, quick: 2 };

export const HELP = `npm run bench -- [OPTIONS]

Measures the built product beside a stock MCP server and its peers, on Linux (it reads /proc). Without
options: a full run, which writes the tables of docs/performance.md and their figures beside it
(performance-stdio.json, performance-http.json); with --over alone, those of one transport. Another part
of it, or fewer rounds, writes nothing. What it needs and is not there (the peers' packages, a build) is made
first; an old build is not replaced: run \`npm run build\`.

  --quick                 less of everything: two minutes, for a look and for CI; writes nothing
  --over stdio|http       what is measured over that transport
  --only NAME[,NAME]      these variants: VARIANTS
  --figures NAME[,NAME]   these figures: FIGURES
  --rounds N              so many rounds (${ROUNDS.full}; with --quick ${ROUNDS.quick})
  --help                  this text

While tuning: npm run build && npm run bench -- --quick --only stock,ours --figures load --rounds 5
Of a wrapper alone: --only stock,pass-through,observe --figures start,added,load,volume
Ratios are to the variant "stock" of the same round, over HTTP to "stock-http": so keep it among --only. A value is the median of
the rounds, with the least and the greatest.`;

/** What is wrong with the command line. */
export class UsageError extends Error {}

/** @param transports all there are, each with its variants and figures */
export function readOptions(transports) {
  const values = parse({
    quick: { type: 'boolean', default: false },
    over: { type: 'string' },
    only: { type: 'string' },
    figures: { type: 'string' },
    rounds: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  const rounds = Number(values.rounds ?? (values.quick ? ROUNDS.quick : ROUNDS.full));
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError(`--rounds ${values.rounds}?`);
  const over = pick(named(transports), values.over, '--over');
  const picked = {
    variants: pick(
      over.flatMap(({ variants }) => variants),
      values.only,
      '--only',
    ),
    figures: pick(
      over.flatMap(({ figures }) => figures),
      values.figures,
      '--figures',
    ),
  };
  const isAll = ({ variants, figures }) =>
    variants.every((one) => picked.variants.includes(one)) &&
    figures.every((one) => picked.figures.includes(one));
  return {
    help: values.help,
    quick: values.quick,
    rounds,
    ...picked,
    /** The names of the transports of which all is measured, as often as documents ask for. */
    whole: values.quick || rounds < ROUNDS.full ? [] : over.filter(isAll).map(({ name }) => name),
  };
}

function parse(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

const named = (record) => Object.entries(record).map(([name, value]) => ({ name, ...value }));

function pick(all, list, flag) {
  if (list === undefined) return all;
  const names = list.split(',');
  const unknown = names.filter((name) => !all.some((item) => item.name === name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new UsageError(`${flag}: ${unknown.join(', ')}? There are: ${known}.`);
  }
  return all.filter(({ name }) => names.includes(name));
}
