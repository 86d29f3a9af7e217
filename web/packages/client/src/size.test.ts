import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';

it('is smaller than 6 KB, gzipped, with everything in it', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('index.ts', import.meta.url)),
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  });
  const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const code = outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('');
  const bytes = gzipSync(code).length;

  expect(code).toMatch(/export\s*{.*createClient/);
  expect(code).not.toMatch(/\bimport\b/);
  expect(bytes, `${bytes} bytes`).toBeLessThan(6_000);
});
