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
import { VARIANTS } from './variants.mjs';

const names = (list) => list.map(({ name }) => name).join(', ');

async function main() {
  const options = readOptions(VARIANTS, FIGURES);
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
  const { figures, variants } = options;
  const measured = circumstances();
  const goals = judge(results);
  const tables = [
    ...goalsTables(goals),
    ...figures.flatMap((figure) => figureTables(figure, variants, results)),
  ];
  const text = [
    inWords(measured),
    ...tables.map(({ title, text }) => `### ${title}\n\n${text}`),
  ].join('\n\n');
  console.log(text);

  for (const problem of problems) console.error(`PROBLEM: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else if (options.isWhole) {
    const json = { ...measured, rounds: options.rounds, ...goals };
    json.figures = figuresJson(figures, variants, results);
    await writeDocuments(json, text);
  }
}

main().catch((error) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}\n\n--help tells more.` : error);
  process.exitCode = isUsage ? 2 : 1;
});
