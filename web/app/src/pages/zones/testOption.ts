import type { TestSummary } from './zonesApi.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A test in the list: `name - dd Mon yy (marks/max)`. */
export function testOption(test: TestSummary): string {
  const end = new Date(test.end_time);
  const day = String(end.getDate()).padStart(2, '0');
  const year = String(end.getFullYear() % 100).padStart(2, '0');
  const date = `${day} ${months[end.getMonth()]} ${year}`;
  return `${test.test_name} - ${date} (${test.total_marks}/${test.max_marks})`;
}
