import { expect, test } from 'vitest';
import { notPlayed, playFailure } from './playFailure.ts';

const answering =
  (answer: Response): typeof fetch =>
  () =>
    Promise.resolve(answer);

test('the server says itself why it does not hand a video out', async () => {
  const refusal = Response.json({ error: 'Video not found' }, { status: 404 });
  expect(await playFailure('/uploads/a.mp4', answering(refusal))).toBe('Video not found');
});

test('a file that the server hands out is one that the browser cannot play', async () => {
  const part = new Response('x', { status: 206 });
  expect(await playFailure('/uploads/a.mp4', answering(part))).toBe(notPlayed);
  const odd = Response.json(['no words'], { status: 500 });
  expect(await playFailure('/uploads/a.mp4', answering(odd))).toBe(notPlayed);
});

test('without a connection it is not the browser', async () => {
  const gone: typeof fetch = () => Promise.reject(new TypeError('offline'));
  expect(await playFailure('/uploads/a.mp4', gone)).toContain('connection');
});
