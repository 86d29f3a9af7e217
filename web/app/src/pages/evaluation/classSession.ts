import { isOpen } from './classJobs.ts';
import type { Job } from './evaluationApi.ts';

export type ClassState = {
  /** Newest first; null until they were read once. */
  readonly jobs: readonly Job[] | null;
  /** Whether they could not be read the last time. */
  readonly failed: boolean;
};

export type ClassPorts = {
  readonly jobs: (signal: AbortSignal) => Promise<readonly Job[]>;
  /** Tells how the jobs that are open now change, until the signal ends it. */
  readonly follow: (signal: AbortSignal, onJob: (job: Job) => void) => void;
  /** Milliseconds between two looks. */
  readonly every: number;
};

/**
 * The jobs of an evaluation: looked at once, and again and again while one of them is open or the last look failed. The
 * live stream beside it tells of a change when it happens; what it does not tell, the next look finds.
 */
export class ClassSession {
  private current: ClassState = { jobs: null, failed: false };
  private readonly listeners = new Set<() => void>();
  private readonly ports: ClassPorts;
  private looking: AbortController | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private live: { readonly newest: string; readonly ending: AbortController } | null = null;
  /** What was told since the look began that is under way: newer than what it will bring. */
  private readonly told = new Map<string, Job>();

  constructor(ports: ClassPorts) {
    this.ports = ports;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): ClassState => this.current;

  /** Looks now, whatever is under way. */
  readonly look = async (): Promise<void> => {
    this.looking?.abort();
    const looking = new AbortController();
    this.looking = looking;
    this.told.clear();
    try {
      const jobs = await this.ports.jobs(looking.signal);
      if (looking.signal.aborted) return;
      this.show({ jobs: jobs.map((job) => this.told.get(job.job_id) ?? job), failed: false });
    } catch {
      if (looking.signal.aborted) return;
      this.show({ ...this.current, failed: true });
    }
    this.looking = null;
    this.attend();
  };

  /** Stops looking. */
  readonly close = (): void => {
    this.looking?.abort();
    this.looking = null;
    clearInterval(this.timer);
    this.timer = undefined;
    this.hangUp();
  };

  private take(job: Job): void {
    this.told.set(job.job_id, job);
    const jobs = this.current.jobs?.map((known) => (known.job_id === job.job_id ? job : known)) ?? null;
    this.show({ ...this.current, jobs });
    this.attend();
  }

  private attend(): void {
    const { jobs, failed } = this.current;
    const open = jobs?.filter(isOpen) ?? [];
    if (!failed && open.length === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    } else {
      // A look that takes longer than the time between two is waited for.
      this.timer ??= setInterval(() => this.looking ?? void this.look(), this.ports.every);
    }
    // The stream tells only of those that were open when it began.
    const newest = open.length === 0 ? null : jobs![0]!.job_id;
    if (newest === null) this.hangUp();
    else if (newest !== this.live?.newest) {
      this.hangUp();
      const ending = new AbortController();
      this.live = { newest, ending };
      this.ports.follow(ending.signal, (job) => {
        if (!ending.signal.aborted) this.take(job);
      });
    }
  }

  private hangUp(): void {
    this.live?.ending.abort();
    this.live = null;
  }

  private show(state: ClassState): void {
    this.current = state;
    this.listeners.forEach((listener) => listener());
  }
}
