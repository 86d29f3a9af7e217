import { HandoffError } from '@handoff/client';
import type { Job } from './evaluationApi.ts';

/** What a pupil is told of the summary, and what follows from it. */
export type SummaryState =
  | { readonly name: 'concept' }
  | { readonly name: 'loading' }
  | { readonly name: 'queued' }
  | { readonly name: 'processing'; readonly progress: number }
  | { readonly name: 'ready'; readonly method: 'ai' | 'fallback' | 'empty'; readonly text: string }
  | { readonly name: 'failed'; readonly error: string };

export type SummaryPorts = {
  readonly queue: (signal: AbortSignal) => Promise<Job>;
  readonly status: (job: string, signal: AbortSignal) => Promise<Job>;
  /** Follows a task live until the signal ends it. */
  readonly follow: (taskId: string, signal: AbortSignal, onChange: () => void) => void;
  /** Milliseconds between two looks. */
  readonly every: number;
};

const unreachable = 'De server is niet bereikbaar. Controleer je verbinding.';
const cancelled = 'De aanvraag is geannuleerd.';
const notNow = 'De samenvatting kan nu niet worden opgehaald.';
const tooOften = 'Je hebt dit te vaak achter elkaar gevraagd. Wacht een minuut.';

/**
 * One pupil's summary in one evaluation: asks for it, then looks at once and again and again until it is there. A look
 * that fails is silently repeated; the live stream only makes the next one come sooner. Another pupil or evaluation
 * takes another session, so nothing of the last one is left.
 */
export class SummarySession {
  private current: SummaryState = { name: 'concept' };
  private readonly listeners = new Set<() => void>();
  private running: AbortController | null = null;

  private readonly ports: SummaryPorts;

  constructor(ports: SummaryPorts) {
    this.ports = ports;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): SummaryState => this.current;

  /** Asks for a summary; the server gives the one there is where there is one. */
  readonly start = async (): Promise<void> => {
    this.close();
    const running = new AbortController();
    this.running = running;
    this.show({ name: 'loading' });
    try {
      const job = await this.ports.queue(running.signal);
      if (!running.signal.aborted && !this.take(job)) this.watch(job, running);
    } catch (error) {
      if (!running.signal.aborted) this.show({ name: 'failed', error: wordsOf(error) });
    }
  };

  /** Stops looking. */
  readonly close = (): void => {
    this.running?.abort();
    this.running = null;
  };

  private watch({ job_id, task_id }: Job, running: AbortController): void {
    const { signal } = running;
    const look = async (): Promise<void> => {
      try {
        const job = await this.ports.status(job_id, signal);
        if (!signal.aborted && this.take(job)) running.abort();
      } catch (error) {
        if (signal.aborted || !(error instanceof HandoffError) || error.status !== 404) return;
        running.abort();
        this.show({ name: 'failed', error: notNow });
      }
    };
    const timer = setInterval(() => void look(), this.ports.every);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    void look();
    if (task_id !== null) this.ports.follow(task_id, signal, () => void look());
  }

  /** Shows how a job stands; whether that is how it stays. */
  private take(job: Job): boolean {
    const state = stateOf(job);
    this.show(state);
    return state.name === 'ready' || state.name === 'failed';
  }

  private show(state: SummaryState): void {
    if (JSON.stringify(state) === JSON.stringify(this.current)) return;
    this.current = state;
    this.listeners.forEach((listener) => listener());
  }
}

/** What a job means for who reads its summary. */
export function stateOf(job: Job): SummaryState {
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

function wordsOf(error: unknown): string {
  if (!(error instanceof HandoffError) || error.status === 0) return unreachable;
  return error.status === 429 ? tooOften : notNow;
}
