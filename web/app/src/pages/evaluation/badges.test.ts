import { expect, it } from 'vitest';
import { badgeOf, badgeOfJob, sentenceOf } from './badges.ts';
import { isOpen, methodOf, newestOf, passes, timeOf, totalsOf } from './classJobs.ts';
import { done, job } from './evaluation.testing.ts';
import type { SummaryState } from './summaryState.ts';
import { contributionOf } from './contribution.ts';

const ready = (method: 'ai' | 'fallback' | 'empty'): SummaryState => ({ name: 'ready', method, text: '' });

it.each<[SummaryState, string, string]>([
  [{ name: 'concept' }, 'Concept', 'grey'],
  [{ name: 'loading' }, 'Laden', 'blue'],
  [{ name: 'queued' }, 'In wachtrij', 'blue'],
  [{ name: 'processing', progress: 1 }, 'Genereren...', 'blue'],
  [ready('ai'), 'Gereed', 'green'],
  [ready('fallback'), 'Basis', 'amber'],
  [ready('empty'), 'Klaar', 'green'],
  [{ name: 'failed', error: '' }, 'Mislukt', 'red'],
])('%o is called %s', (state, words, tone) => {
  expect(badgeOf(state)).toMatchObject({ words, tone });
});

it('says each state in a sentence', () => {
  expect(sentenceOf({ name: 'concept' })).toBe(
    'Nog geen AI-samenvatting beschikbaar. Deze wordt gegenereerd zodra er peer-feedback is ontvangen.',
  );
  expect(sentenceOf({ name: 'loading' })).toBe('Samenvatting laden...');
  expect(sentenceOf({ name: 'queued' })).toBe('Samenvatting wordt in de wachtrij geplaatst...');
  expect(sentenceOf({ name: 'processing', progress: 1 })).toBe('AI genereert je samenvatting...');
  expect(sentenceOf({ name: 'failed', error: '' })).toBe(
    'Er ging iets mis bij het genereren van de samenvatting',
  );
});

it('knows the newest job of each pupil and what a teacher is told of it', () => {
  const old = job('failed', { job_id: 'old' });
  const newest = newestOf([done, old, job('queued', { student_id: 457 })]);

  expect(newest.get(456)).toBe(done);
  expect([done, old, ...newest.values()].map(isOpen)).toEqual([false, false, false, true]);
  expect(passes('failed', old)).toBe(true);
  expect(passes('queued', undefined)).toBe(false);
  expect(passes('all', undefined)).toBe(true);
  expect(methodOf(done)).toBe('AI');
  expect(methodOf(old)).toBe('-');
  expect(badgeOfJob(undefined).words).toBe('Concept');
  expect(badgeOfJob(job('cancelled')).words).toBe('Geannuleerd');
  expect(timeOf(null)).toBe('-');
  expect(timeOf('2026-01-01T12:00:00')).toMatch(/01-01.*\d\d:00:00/);
  expect(totalsOf({ queued: 2, already_queued: 1, already_exists: 3, failed: 0 })).toBe(
    '2 in wachtrij gezet, 4 stonden er al, 0 mislukt',
  );
});

it.each([
  [1.1, 'Boven verwachting'],
  [1.05, 'Boven verwachting'],
  [1.04, 'Naar verwachting'],
  [0.95, 'Naar verwachting'],
  [0.94, 'Onder verwachting'],
  [0.9, 'Onder verwachting'],
])('a factor of %d is %s', (factor, words) => {
  expect(contributionOf(factor).words).toBe(words);
});
