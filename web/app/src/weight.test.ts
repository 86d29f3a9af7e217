import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Rolldown, build } from 'vite';
import { expect, it, vi } from 'vitest';

/** What a page may weigh in bytes of gzipped scripts, on top of what every page loads. */
const most: Readonly<Record<string, number>> = {
  ChatPage: 165_000,
  PromptPage: 18_000,
  TestsPage: 10_500,
  TestPage: 17_000,
  LoadingResultsPage: 12_000,
  DashboardPage: 14_250,
  ReviewPage: 14_000,
  EvaluationsPage: 10_000,
  EvaluationPage: 18_000,
  ModulesPage: 23_000,
  UploadPage: 12_000,
  TrainingPage: 26_300,
  SharePage: 4_000,
  SetUpPage: 4_000,
};
const mostOfEvery = 114_000;

it('keeps the pages light', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const built = await build({
    root: folder,
    configFile: `${folder}vite.config.ts`,
    logLevel: 'silent',
    build: { write: false },
  });
  const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  const chunks = new Map<string, Rolldown.OutputChunk>();
  for (const output of outputs) if (output.type === 'chunk') chunks.set(output.fileName, output);
  const closureOf = (names: readonly string[], seen = new Set<string>()): ReadonlySet<string> => {
    for (const name of names) if (!seen.has(name)) closureOf(chunks.get(name)?.imports ?? [], seen.add(name));
    return seen;
  };
  const weigh = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
  const entry = [...chunks.values()].find(({ isEntry }) => isEntry)!;
  const every = closureOf([entry.fileName]);
  const pages = [...chunks.values()].filter(({ name }) => name in most);
  const weights = Object.fromEntries(
    pages.map((page) => [
      page.name,
      weigh([...closureOf([page.fileName])].filter((name) => !every.has(name))),
    ]),
  );

  expect(Object.keys(weights).toSorted()).toEqual(Object.keys(most).toSorted());
  expect(weigh([...every])).toBeLessThan(mostOfEvery);
  expect(Object.entries(weights).filter(([page, weight]) => weight >= most[page]!)).toEqual([]);
}, 60_000);
