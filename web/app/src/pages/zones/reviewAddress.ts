/** Where a test's answers are shown, or one of them by its number in the test. */
export function reviewAddress(testId: number, question?: number): string {
  return `/results/${testId}/${question === undefined ? '' : `#question-${question}`}`;
}
