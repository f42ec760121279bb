// The benchmark: npm run bench -- --help
import console from 'node:console';
import process from 'node:process';
import { runAll } from './bench.mjs';
import { FIGURES } from './figures/index.mjs';
import { judge } from './goals/judge.mjs';
import { circumstances, inWords } from './machine.mjs';
import { HELP, readOptions, UsageError } from './options.mjs';
import { prepare } from './prepare.mjs';
import { writeDocuments } from './report/documents.mjs';
import { figureTables } from './report/figure-table.mjs';
import { figuresJson } from './report/figures-json.mjs';
import { goalsTables } from './report/goals-table.mjs';
import { among, TRANSPORTS } from './transports.mjs';
import { VARIANTS } from './variants.mjs';

const names = (list) => list.map(({ name }) => name).join(', ');

async function main() {
  const options = readOptions(TRANSPORTS);
  if (options.help) {
    console.log(HELP.replace('VARIANTS', names(VARIANTS)).replace('FIGURES', names(FIGURES)));
    return;
  }
  await prepare((text) => console.error(text));
  const { results, problems } = await runAll(options, progress);
  progress();
  await report(options, results, problems);
}

/** A line that says what runs now, where someone looks on. */
function progress(text = '') {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

async function report(options, results, problems) {
  const measured = circumstances();
  const judged = judge(results);
  const parts = Object.entries(TRANSPORTS).map(([name, { goals, ...all }]) => {
    const figures = among(all.figures, options.figures);
    const variants = among(all.variants, options.variants);
    const tables = [
      ...goalsTables(judged).filter(({ kind }) => goals.includes(kind)),
      ...figures.flatMap((figure) => figureTables(figure, variants, results)),
    ];
    const text = tables.map(({ title, text }) => `### ${title}\n\n${text}`).join('\n\n');
    const json = {
      ...measured,
      rounds: options.rounds,
      ...Object.fromEntries(goals.map((kind) => [kind, judged[kind]])),
      figures: figuresJson(figures, variants, results),
    };
    return { name, text, json };
  });
  const where = inWords(measured);
  console.log([where, ...parts.map(({ text }) => text)].join('\n\n'));

  for (const problem of problems) console.error(`PROBLEM: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else {
    for (const { name, text, json } of parts) {
      if (options.whole.includes(name)) await writeDocuments(name, json, `${where}\n\n${text}`);
    }
  }
}

main().catch((error) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}\n\n--help tells more.` : error);
  process.exitCode = isUsage ? 2 : 1;
});
