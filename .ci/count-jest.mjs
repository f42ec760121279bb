// Prints "PASSED FAILED SKIPPED" of a jest run: node .ci/count-jest.mjs JSON EXIT_CODE PROJECT...
import console from 'node:console';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';

/** The folders of the projects in jest.config.mjs; what is in none of them is of the project `unit`. */
const FOLDERS = {
  e2e: 'test/e2e/',
  phoenix: 'test/phoenix/',
  servers: 'test/servers/',
  http: 'test/over-http/',
  stack: 'test/stack/',
};

const [file, exitCode, ...projects] = process.argv.slice(2);
if (!existsSync(file)) {
  console.log('0 1 0'); // jest did not get as far as a report.
} else {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const ran = new Set(report.testResults.map(({ name }) => projectOf(relative('.', name))));
  let failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A project without a suite, or an exit code without a failed test, is a failure of the run.
  failed += projects.filter((project) => !ran.has(project)).length;
  if (failed === 0 && exitCode !== '0') failed = 1;
  console.log(report.numPassedTests, failed, report.numPendingTests + report.numTodoTests);
}

function projectOf(path) {
  return Object.keys(FOLDERS).find((name) => path.startsWith(FOLDERS[name])) ?? 'unit';
}
