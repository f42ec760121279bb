// Prints "PASSED FAILED SKIPPED" of a jest run: node .ci/count-jest.mjs JSON EXIT_CODE
import console from 'node:console';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

const [file, exitCode] = process.argv.slice(2);
if (!existsSync(file)) {
  console.log('0 1 0'); // jest did not get as far as a report.
} else {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const e2e = report.testResults.filter(({ name }) => name.includes('/test/e2e/')).length;
  let failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  // A project without a suite, or an exit code without a failed test, is a failure of the run.
  if (e2e === 0 || e2e === report.testResults.length) failed += 1;
  if (failed === 0 && exitCode !== '0') failed = 1;
  console.log(report.numPassedTests, failed, report.numPendingTests + report.numTodoTests);
}
