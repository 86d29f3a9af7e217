import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestLocks } from '../../../../packages/client/src/locks.testing.ts';
import { inTurn } from './uploadTurn.ts';

const begun: string[] = [];
const ends = new Map<string, () => void>();
const upload = (name: string, signal = new AbortController().signal): Promise<string> =>
  inTurn(signal, () => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  begun.length = 0;
  ends.clear();
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: new TestLocks() } });
});
afterEach(() => Reflect.deleteProperty(globalThis, 'navigator'));

it('does two uploads at once, and each other one when one has ended', async () => {
  const all = ['a', 'b', 'c', 'd'].map((name) => upload(name));
  await settled();
  expect(begun).toEqual(['a', 'b']);

  ends.get('b')!();
  expect(await all[1]).toBe('b');
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);

  for (const name of ['a', 'c']) ends.get(name)!();
  await Promise.all([all[0], all[2]]);
  await settled();
  ends.get('d')!();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

it('forgets an upload that is cancelled before its turn', async () => {
  const first = [upload('a'), upload('b')];
  const leaving = new AbortController();
  const cancelled = upload('c', leaving.signal);
  await settled();
  leaving.abort();

  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  for (const end of ends.values()) end();
  await Promise.all(first);
  await settled();
  expect(begun).toEqual(['a', 'b']);
});

it('begins at once where tabs cannot agree', async () => {
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {} });
  void ['a', 'b', 'c'].map((name) => upload(name));

  expect(begun).toEqual(['a', 'b', 'c']);
});
