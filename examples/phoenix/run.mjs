// Phoenix and a session to look at in it:
//
//   node run.mjs           the Phoenix that runs already, else one that is started and left running
//   node run.mjs --once    the same, ended as soon as the link is printed
//
// What can be set, and what Phoenix is started with: README.md beside this.
import console from 'node:console';
import process from 'node:process';
import { baseUrl, phoenixVersion } from './address.mjs';
import { readBack } from './read-back.mjs';
import { converse } from './session.mjs';
import { startPhoenix } from './start.mjs';

/** The Phoenix that this script has started, and no other. */
let phoenix;

async function main(args) {
  const isOnce = args[0] === '--once';
  if (args.length > (isOnce ? 1 : 0)) throw new Error('Usage: node run.mjs [--once]');

  const base = baseUrl(process.env);
  const running = await phoenixVersion(base);
  if (running === undefined) {
    phoenix = startPhoenix(base, process.env);
    console.log(`Starting Phoenix with \`${phoenix.command}\`. ${phoenix.patience}`);
    await phoenix.ready;
  }
  const version = running ?? (await phoenixVersion(base));
  console.log(`Phoenix ${version} ${running ? 'runs already' : 'is up'} at ${base}\n`);

  const project = process.env.PHOENIX_PROJECT_NAME || 'calculator-example';
  const session = await converse({ base, project });
  const width = Math.max(...session.exchanges.map(({ asked }) => asked.length));
  for (const { asked, answered } of session.exchanges) {
    console.log(`${asked.padEnd(width)}  ${answered}`);
  }

  const { id, spans } = await readBack({ base, project, session });
  console.log(`
Phoenix has all ${spans.length} spans of it, in the project ${project}:

  ${base}/projects/${id}

A row is a request, the newest first; those with a red mark are calls that failed. Click on the name
of one: input, output and error, and under Attributes all that is known of it. The tab Sessions has
the calls together, in their order, and the filter above the rows takes, for instance:

  attributes['mcp']['tool']['name'] == 'divide'`);

  if (!phoenix) return;
  if (isOnce) {
    console.log('\nPhoenix is stopped now. Without --once it stays, to look at.');
    return;
  }
  console.log('\nPhoenix runs until you press Ctrl-C.');
  await phoenix.ended;
}

const interrupted = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
});

let exitCode = 0;
try {
  await Promise.race([main(process.argv.slice(2)), interrupted]);
} catch (error) {
  console.error(error.message);
  exitCode = 1;
} finally {
  await phoenix?.stop();
}
process.exit(exitCode); // What was interrupted may still wait for something.
