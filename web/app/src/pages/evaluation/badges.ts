import type { Job } from './evaluationApi.ts';
import { type SummaryState, summaryStateOf } from './summaryState.ts';

export type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red';

export type Badge = { readonly words: string; readonly tone: Tone; readonly spins?: boolean };

const ready = {
  ai: { words: 'Gereed', tone: 'green' },
  fallback: { words: 'Basis', tone: 'amber' },
  empty: { words: 'Klaar', tone: 'green' },
  held: { words: 'Bij je docent', tone: 'amber' },
} as const;

export function badgeOf(state: SummaryState): Badge {
  switch (state.name) {
    case 'concept':
      return { words: 'Concept', tone: 'grey' };
    case 'loading':
      return { words: 'Laden', tone: 'blue' };
    case 'queued':
      return { words: 'In wachtrij', tone: 'blue' };
    case 'processing':
      return { words: 'Genereren...', tone: 'blue', spins: true };
    case 'ready':
      return ready[state.method];
    case 'failed':
      return { words: 'Mislukt', tone: 'red' };
  }
}

const noFeedback: Badge = { words: 'Geen feedback', tone: 'grey' };

/** Whether the pupil may read the summary. */
export function releaseBadge(job: Job): Badge {
  return job.released_at === null
    ? { words: 'Niet vrijgegeven', tone: 'amber' }
    : { words: 'Vrijgegeven', tone: 'green' };
}

/** The badge of a pupil's newest job; without a job it is that of a concept. */
export function badgeOfJob(job: Job | undefined): Badge {
  if (job === undefined) return badgeOf({ name: 'concept' });
  if (job.result?.generation_method === 'empty') return noFeedback;
  return job.status === 'cancelled' ? { words: 'Geannuleerd', tone: 'grey' } : badgeOf(summaryStateOf(job));
}

export function sentenceOf(state: Exclude<SummaryState, { readonly name: 'ready' }>): string {
  switch (state.name) {
    case 'concept':
      return 'Nog geen AI-samenvatting beschikbaar. Deze wordt gegenereerd zodra er peer-feedback is ontvangen.';
    case 'loading':
      return 'Samenvatting laden...';
    case 'queued':
      return 'Samenvatting wordt in de wachtrij geplaatst...';
    case 'processing':
      return 'AI genereert je samenvatting...';
    case 'failed':
      return 'Er ging iets mis bij het genereren van de samenvatting';
  }
}
