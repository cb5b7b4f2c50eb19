import { expect, test } from 'vitest';
import { addCounts, countsOfPlaywright, countsOfVitest } from './run-counts.ts';

test('a file that fails before its first test, a flaky test and a failed setup count as failures', () => {
  const vitest = countsOfVitest({
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ],
  });
  const playwright = countsOfPlaywright({
    stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 },
    errors: [{}],
  });
  expect(addCounts(vitest, playwright)).toEqual({ passed: 8, failed: 5, skipped: 2 });
});
