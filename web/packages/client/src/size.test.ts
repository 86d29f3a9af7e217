import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Rolldown, build } from 'vite';
import { expect, it } from 'vitest';

it('is smaller than 7 KB, gzipped, and 2.5 KB more with the first task that a page follows', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      // Without the code with which Vite preloads parts of a page.
      ssr: true,
      rolldownOptions: {
        input: fileURLToPath(new URL('index.ts', import.meta.url)),
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  });
  const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const chunks = outputs.filter((output): output is Rolldown.OutputChunk => output.type === 'chunk');
  const names = chunks.map(({ fileName }) => fileName);
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const first = chunks.filter(({ fileName }) => [entry.fileName, ...entry.imports].includes(fileName));
  const weight = (parts: readonly Rolldown.OutputChunk[]): number =>
    parts.reduce((bytes, { code }) => bytes + gzipSync(code).length, 0);

  expect(entry.exports).toContain('createClient');
  expect(chunks.flatMap(({ imports }) => imports).filter((name) => !names.includes(name))).toEqual([]);
  expect(weight(first)).toBeLessThan(7_000);
  expect(weight(chunks) - weight(first)).toBeLessThan(2_500);
});
