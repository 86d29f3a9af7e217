import { defineConfig } from 'vitest/config';

const sourceFirst = { conditions: ['handoff-source', 'module', 'browser', 'development|production'] };

export default defineConfig({
  resolve: sourceFirst,
  ssr: { resolve: sourceFirst },
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'app/src/**/*.test.{ts,tsx}'],
    setupFiles: ['app/src/browser.testing.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
