// Loads ./main.cjs of a folder and prints what it exports: node run-ts.mjs load-once.ts FOLDER
import { createLoad } from '../../src/start/load';

const SAVE_AFTER_MILLIS = 50;
const { answer } = createLoad(process.argv.at(-1)!, SAVE_AFTER_MILLIS)('./main.cjs') as {
  answer: unknown;
};
process.stdout.write(JSON.stringify(answer));
// Keeps the process alive until the code is saved.
setTimeout(() => undefined, 10 * SAVE_AFTER_MILLIS);
