import { isTerminal } from '@handoff/client';
import type { Polled } from '@handoff/react';
import { refusalIn } from '../../session/json.ts';
import { Store } from '../../state/Store.ts';
import type { Keeper } from '../../state/keeper.ts';
import type { PromptApi, PromptPoll } from './promptApi.ts';

export type PromptState =
  | { readonly name: 'idle' }
  | { readonly name: 'running'; readonly progress: number; readonly message: string }
  | {
      readonly name: 'done';
      readonly prompt: string;
      readonly byAi: boolean;
      readonly warning: string | null;
    }
  | { readonly name: 'failed'; readonly error: string; readonly code: string | null }
  /** The prompt may still come: the task can be polled again. */
  | { readonly name: 'waiting'; readonly why: 'late' | 'unreachable' }
  | { readonly name: 'gone' }
  | { readonly name: 'cancelled' };

export type PromptSnapshot = {
  readonly notes: string;
  readonly reuse: boolean;
  /** Null before the first task, and while one is being submitted. */
  readonly taskId: string | null;
  readonly state: PromptState;
};

/** What is kept in this browser: the notes, and the task that works on them. */
export type KeptPrompt = { readonly notes: string; readonly taskId: string | null };

export type PromptPorts = {
  readonly api: Pick<PromptApi, 'start' | 'cancel'>;
  readonly keeper: Keeper<KeptPrompt>;
};

const queued: PromptState = { name: 'running', progress: 0, message: 'Task queued, waiting to start...' };

/** One prompt at a time, from the notes to the result. `usePromptSession` polls its task. */
export class PromptSession extends Store<PromptSnapshot> {
  readonly #ports: PromptPorts;
  /** Whether the task was submitted before the page was loaded. */
  #isResumed: boolean;
  #isForgotten = false;

  constructor(ports: PromptPorts) {
    const { notes, taskId } = ports.keeper.read();
    super({ notes, reuse: false, taskId, state: taskId === null ? { name: 'idle' } : queued });
    this.#ports = ports;
    this.#isResumed = taskId !== null;
  }

  readonly write = (notes: string): void => {
    if (this.snapshot().state.name === 'running') return;
    this.#change({ notes });
    this.#keep();
  };

  /** Whether an earlier prompt made from the same notes may be returned. */
  readonly allowReuse = (reuse: boolean): void => this.#change({ reuse });

  /** Submits the notes. */
  readonly generate = (): Promise<void> => this.#submit(this.snapshot().reuse);

  /** Submits the notes again; an earlier prompt does not count. */
  readonly remake = (): Promise<void> => this.#submit(false);

  async #submit(reuse: boolean): Promise<void> {
    const { state } = this.snapshot();
    const notes = this.snapshot().notes.trim();
    if (notes === '' || state.name === 'running') return;
    this.#isResumed = false;
    this.#change({ taskId: null, state: queued });
    try {
      this.#change({ taskId: await this.#ports.api.start({ notes, reuse }) });
      this.#keep();
    } catch (error) {
      const reason = refusalIn(error) ?? 'The server cannot be reached. Check your connection.';
      this.#change({ state: { name: 'failed', error: reason, code: null } });
    }
  }

  /** Polls a task again that took too long. */
  readonly lookAgain = (): void => {
    this.#isResumed = false;
    if (this.snapshot().taskId !== null) this.#change({ state: queued });
  };

  /** Cancels the task; no tokens are taken for it. */
  readonly cancel = async (): Promise<void> => {
    const { taskId } = this.snapshot();
    if (taskId !== null) await this.#ports.api.cancel(taskId).catch(() => {});
  };

  /** Lets go of the task and keeps nothing any more: the person has logged out. */
  readonly forget = (): void => {
    this.#isForgotten = true;
    this.#change({ taskId: null, state: { name: 'idle' } });
  };

  /** Handles a change of the polled task. */
  readonly take = ({ phase, value, task }: Polled<PromptPoll>): void => {
    if (phase === 'late' || phase === 'unreachable') {
      this.#change({ state: { name: 'waiting', why: phase } });
    } else if (phase === 'final' && value !== null) {
      this.#change({ state: this.#endOf(value) });
      if (value.kind === 'gone' || value.kind === 'failed') {
        this.#change({ taskId: null });
        this.#keep();
      }
    } else if (phase === 'open') {
      if (value?.kind === 'open') this.#advance(value.progress, value.message);
      if (task !== null && !isTerminal(task.state))
        this.#advance(task.progress.percent, task.progress.message);
    }
  };

  #endOf(end: PromptPoll): PromptState {
    switch (end.kind) {
      case 'open':
        return this.snapshot().state;
      case 'gone':
        // A task from another day has expired without telling anybody anything.
        return this.#isResumed ? { name: 'idle' } : { name: 'gone' };
      case 'failed':
        return end.code === 'cancelled'
          ? { name: 'cancelled' }
          : { name: 'failed', error: end.error, code: end.code };
      case 'done':
        return { name: 'done', prompt: end.prompt, byAi: end.byAi, warning: end.warning };
    }
  }

  /** The polls and the events may overtake each other: progress never goes back. */
  #advance(progress: number, message: string | null): void {
    const { state } = this.snapshot();
    if (state.name !== 'running' || progress < state.progress || message === null) return;
    if (progress !== state.progress || message !== state.message)
      this.#change({ state: { name: 'running', progress, message } });
  }

  #keep(): void {
    const { notes, taskId } = this.snapshot();
    if (!this.#isForgotten) this.#ports.keeper.write({ notes, taskId });
  }

  #change(change: Partial<PromptSnapshot>): void {
    this.set({ ...this.snapshot(), ...change });
  }
}
