import { type Followed, isTerminal } from '@handoff/client';
import { refusalIn } from '../../session/json.ts';
import { awaitPrompt } from './awaitPrompt.ts';
import type { Overview, PromptApi } from './promptApi.ts';

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
  /** It may still come: the task can be looked at again. */
  | { readonly name: 'waiting'; readonly why: 'late' | 'unreachable' }
  | { readonly name: 'gone' }
  | { readonly name: 'cancelled' };

export type Snapshot = { readonly notes: string; readonly reuse: boolean; readonly state: PromptState };

/** What is remembered in this browser: the notes, and the task that works on them. */
export type Kept = { readonly notes: string; readonly taskId: string | null };

export type PromptPorts = {
  readonly api: Pick<PromptApi, 'start' | 'poll' | 'cancel'>;
  readonly pace: Pick<Overview, 'pollEvery' | 'pollFor'>;
  /** Follows the task live, to show its steps sooner; polling does without. */
  readonly follow: (
    taskId: string,
    signal: AbortSignal,
    onChange: (followed: Followed) => void,
  ) => Promise<unknown>;
  readonly keeper: { readonly read: () => Kept; readonly write: (kept: Kept) => void };
};

const queued = 'Task queued, waiting to start...';

/** One request at a time, from the notes to the prompt; open while its page is shown. */
export class PromptSession {
  readonly #ports: PromptPorts;
  readonly #listeners = new Set<() => void>();
  #snapshot: Snapshot;
  #taskId: string | null;
  #waiting: AbortController | null = null;
  #isLeft = false;

  constructor(ports: PromptPorts) {
    this.#ports = ports;
    const { notes, taskId } = ports.keeper.read();
    this.#taskId = taskId;
    this.#snapshot = { notes, reuse: false, state: taskId === null ? { name: 'idle' } : running(0, queued) };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Snapshot => this.#snapshot;

  /** Goes on with what was begun before the page was left. */
  open(): void {
    this.#isLeft = false;
    if (this.#taskId !== null && this.#waiting === null) void this.#wait(this.#taskId, 'before');
  }

  /** Stops looking; the task goes on without the page. */
  close(): void {
    this.#isLeft = true;
    this.#waiting?.abort();
    this.#waiting = null;
  }

  readonly write = (notes: string): void => {
    if (this.#snapshot.state.name === 'running') return;
    this.#set({ ...this.#snapshot, notes });
    this.#keep();
  };

  /** Whether an earlier prompt made of the same notes will do. */
  readonly allowReuse = (reuse: boolean): void => this.#set({ ...this.#snapshot, reuse });

  /** Hands the notes in. */
  readonly generate = async (): Promise<void> => {
    const { reuse } = this.#snapshot;
    const notes = this.#snapshot.notes.trim();
    if (notes === '' || this.#snapshot.state.name === 'running') return;
    this.#show(running(0, queued));
    try {
      this.#taskId = await this.#ports.api.start({ notes, reuse });
    } catch (error) {
      this.#show({
        name: 'failed',
        error: refusalIn(error) ?? 'The server cannot be reached. Check your connection.',
        code: null,
      });
      return;
    }
    this.#keep();
    if (!this.#isLeft) await this.#wait(this.#taskId, 'now');
  };

  /** Looks again at a task that took too long. */
  readonly lookAgain = async (): Promise<void> => {
    if (this.#taskId === null) return;
    this.#show(running(0, queued));
    await this.#wait(this.#taskId, 'now');
  };

  /** Ends the task; nothing is paid for it. */
  readonly cancel = async (): Promise<void> => {
    const taskId = this.#taskId;
    if (taskId !== null) await this.#ports.api.cancel(taskId).catch(() => {});
  };

  async #wait(taskId: string, begun: 'now' | 'before'): Promise<void> {
    const waiting = new AbortController();
    this.#waiting?.abort();
    this.#waiting = waiting;
    const { api, pace, follow } = this.#ports;
    const ending = new AbortController();
    waiting.signal.addEventListener('abort', () => ending.abort(), { once: true });
    let look = (): void => {};
    const onChange = ({ task }: Followed): void => {
      if (waiting.signal.aborted) return;
      if (isTerminal(task.state)) look();
      else this.#advance(task.progress.percent, task.progress.message);
    };
    follow(taskId, ending.signal, onChange).catch(() => {});
    const end = await awaitPrompt({
      every: pace.pollEvery,
      atMost: pace.pollFor,
      poll: (signal) => api.poll(taskId, signal),
      onOpen: (progress, message) => this.#advance(progress, message),
      onNews: (call) => (look = call),
      signal: waiting.signal,
    }).catch(() => null);
    ending.abort();
    if (end === null || waiting.signal.aborted) return;
    this.#waiting = null;
    switch (end.kind) {
      case 'late':
      case 'unreachable':
        return this.#show({ name: 'waiting', why: end.kind });
      case 'gone':
        this.#forgetTask();
        // From another day there is nothing to be told about it.
        return this.#show(begun === 'before' ? { name: 'idle' } : { name: 'gone' });
      case 'failed':
        this.#forgetTask();
        return this.#show(
          end.code === 'cancelled'
            ? { name: 'cancelled' }
            : { name: 'failed', error: end.error, code: end.code },
        );
      case 'done': {
        const { prompt, byAi, warning } = end;
        return this.#show({ name: 'done', prompt, byAi, warning });
      }
    }
  }

  // What comes late over one of the two ways never takes the bar back.
  #advance(progress: number, message: string | null): void {
    const { state } = this.#snapshot;
    if (state.name !== 'running' || progress < state.progress || message === null) return;
    if (progress !== state.progress || message !== state.message) this.#show(running(progress, message));
  }

  #forgetTask(): void {
    this.#taskId = null;
    this.#keep();
  }

  #keep(): void {
    this.#ports.keeper.write({ notes: this.#snapshot.notes, taskId: this.#taskId });
  }

  #show(state: PromptState): void {
    this.#set({ ...this.#snapshot, state });
  }

  #set(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#listeners.forEach((listener) => listener());
  }
}

function running(progress: number, message: string): PromptState {
  return { name: 'running', progress, message };
}
