import { expect, it } from 'vitest';
import { usualTime } from './usualTime.ts';

const stage = (count: number, p50_ms: number, p95_ms: number) => ({ count, p50_ms, p95_ms });

it('adds up what the stages took', () => {
  expect(usualTime({ analyse: stage(4, 12_000, 30_000), thumbnails: stage(4, 3_000, 4_000) })).toBe(
    '15-34 seconds',
  );
});

it('counts a stage by the share of videos that have it', () => {
  expect(usualTime({ compress: stage(1, 40_000, 40_000), thumbnails: stage(4, 10_000, 10_000) })).toBe(
    '20 seconds',
  );
});

it('says minutes where seconds would be a large number', () => {
  expect(usualTime({ compress: stage(1, 90_000, 300_000), thumbnails: stage(1, 100, 200) })).toBe(
    '2-5 minutes',
  );
});

it('has the time of the specification until one video was done', () => {
  expect(usualTime({})).toBe('30-60 seconds');
  expect(usualTime({ look: stage(1, 100, 100) })).toBe('30-60 seconds');
  expect(usualTime({ thumbnails: stage(1, 0, 10) })).toBe('1 second');
});
