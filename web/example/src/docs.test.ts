import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it.each(['../../../docs/quickstart-react.md', '../../packages/react/README.md'])(
  '%s shows the example as it is',
  (page) => expect(read(page)).toContain('```tsx\n' + read('Summary.tsx') + '```'),
);

it('the README shows how a status call of your own is polled', () => {
  expect(read('../../packages/react/README.md')).toContain(
    '```tsx\n' + read('../../packages/react/examples/Report.tsx') + '```',
  );
});
