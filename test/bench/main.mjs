// The benchmark: npm run bench -- --help
import console from 'node:console';
import process from 'node:process';
import { runAll } from './bench.mjs';
import { FIGURES } from './figures/index.mjs';
import { HELP, readOptions } from './options.mjs';
import { prepare } from './prepare.mjs';
import { figureTables } from './report/figure-table.mjs';
import { VARIANTS } from './variants.mjs';

const names = (list) => list.map(({ name }) => name).join(', ');

async function main() {
  const options = readOptions(VARIANTS, FIGURES);
  if (options.help) {
    console.log(HELP.replace('VARIANTS', names(VARIANTS)).replace('FIGURES', names(FIGURES)));
    return;
  }
  await prepare((text) => console.error(text));
  const isTerminal = process.stderr.isTTY;
  const { results, problems } = await runAll(options, (text) => {
    if (isTerminal) process.stderr.write(`\r\x1b[K${text}`);
  });
  if (isTerminal) process.stderr.write('\r\x1b[K');
  for (const figure of options.figures) {
    for (const { title, text } of figureTables(figure, options.variants, results)) {
      console.log(`\n${title}\n\n${text}`);
    }
  }
  for (const problem of problems) console.error(`PROBLEM: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error);
  process.exitCode ||= 1;
});
