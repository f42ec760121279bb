import { createLoad } from './load';

// What bin/ts-calculator.js loads.
createLoad(__dirname)('./cli.cjs');
