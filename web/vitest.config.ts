import { defineConfig } from 'vitest/config';

const sourceFirst = { conditions: ['handoff-source', 'module', 'browser', 'development|production'] };
const inPages = ['packages/react/src/**/*.test.{ts,tsx}', 'packages/client/src/**/*.page.test.ts'];

export default defineConfig({
  resolve: sourceFirst,
  ssr: { resolve: sourceFirst },
  test: {
    setupFiles: ['app/src/browser.testing.ts'],
    restoreMocks: true,
    unstubGlobals: true,
    // Builds may run beside other builds. Waits inside the tests have limits of their own.
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.{ts,tsx}', '{app,example}/src/**/*.test.{ts,tsx}'],
          exclude: inPages,
        },
      },
      {
        extends: true,
        test: { name: 'page', include: inPages, environment: './pageWithNetwork.environment.ts' },
      },
    ],
  },
});
