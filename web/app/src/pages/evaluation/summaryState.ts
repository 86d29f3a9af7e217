import { HandoffError } from '@handoff/client';
import type { Job } from './evaluationApi.ts';

/** What a pupil is told about the summary. */
export type SummaryState =
  | { readonly name: 'concept' }
  | { readonly name: 'loading' }
  | { readonly name: 'queued' }
  | { readonly name: 'processing'; readonly progress: number }
  | { readonly name: 'ready'; readonly method: 'ai' | 'fallback' | 'empty' | 'held'; readonly text: string }
  | { readonly name: 'failed'; readonly error: string };

const unreachable = 'De server is niet bereikbaar. Controleer je verbinding.';
const cancelled = 'De aanvraag is geannuleerd.';
const notNow = 'De samenvatting kan nu niet worden opgehaald.';
const tooOften = 'Je hebt dit te vaak achter elkaar gevraagd. Wacht een minuut.';

export function summaryStateOf(job: Job): SummaryState {
  switch (job.status) {
    case 'queued':
      return { name: 'queued' };
    case 'processing':
      return { name: 'processing', progress: job.progress };
    case 'completed':
      return job.result === null
        ? { name: 'failed', error: notNow }
        : { name: 'ready', method: job.result.generation_method, text: job.result.summary_text };
    case 'failed':
      return { name: 'failed', error: job.error_message ?? notNow };
    case 'cancelled':
      return { name: 'failed', error: cancelled };
  }
}

/** The state when the summary could not be requested. */
export function refusedState(error: unknown): SummaryState {
  if (!(error instanceof HandoffError) || error.status === 0) return { name: 'failed', error: unreachable };
  return { name: 'failed', error: error.status === 429 ? tooOften : notNow };
}
