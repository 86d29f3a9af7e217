import { refusalIn } from '../../session/json.ts';
import type { PromptApi } from './promptApi.ts';
import { type Kept, type PromptPorts, PromptSession } from './promptSession.ts';

export type BatchState = {
  readonly sessions: readonly PromptSession[];
  readonly isRunning: boolean;
  readonly problem: string | null;
};

export type BatchPorts = Pick<PromptPorts, 'pace' | 'follow'> & {
  readonly api: PromptPorts['api'] & Pick<PromptApi, 'startAll'>;
  readonly keeper: { readonly read: () => readonly Kept[]; readonly write: (kept: readonly Kept[]) => void };
};

/** The parts of notes between lines of three dashes or more. */
export function partsOf(notes: string): readonly string[] {
  return notes
    .split(/^[ \t]*-{3,}[ \t]*$/m)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Several requests handed in together, each watched on its own; open while its page is shown. */
export class PromptBatch {
  readonly #ports: BatchPorts;
  readonly #listeners = new Set<() => void>();
  #state: BatchState;

  constructor(ports: BatchPorts) {
    this.#ports = ports;
    this.#state = { sessions: ports.keeper.read().map(this.#watch), isRunning: false, problem: null };
    this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): BatchState => this.#state;

  open(): void {
    this.#state.sessions.forEach((session) => session.open());
  }

  close(): void {
    this.#state.sessions.forEach((session) => session.close());
  }

  /** Hands all parts in, in place of those before. */
  readonly generate = async (notes: readonly string[], reuse: boolean): Promise<void> => {
    if (this.#state.isRunning) return;
    this.#set({ ...this.#state, isRunning: true, problem: null });
    try {
      const ids = await this.#ports.api.startAll({ notes, reuse });
      const kept = notes.map((part, at): Kept => ({ notes: part, taskId: ids[at] ?? null }));
      this.close();
      this.#ports.keeper.write(kept);
      this.#set({ ...this.#state, sessions: kept.map(this.#watch) });
      this.open();
    } catch (error) {
      const problem = refusalIn(error) ?? 'The server cannot be reached. Check your connection.';
      this.#set({ ...this.#state, problem });
    }
    this.#look();
  };

  /** Shows none of them any more. */
  readonly clear = (): void => {
    this.close();
    this.#ports.keeper.write([]);
    this.#set({ sessions: [], isRunning: false, problem: null });
  };

  readonly #watch = (kept: Kept): PromptSession => {
    const { api, pace, follow } = this.#ports;
    // What is kept is kept for all of them.
    const keeper = { read: () => kept, write: () => {} };
    const session = new PromptSession({ api, pace, follow, keeper });
    session.subscribe(() => this.#look());
    return session;
  };

  #look(): void {
    const isRunning = this.#state.sessions.some((session) => session.snapshot().state.name === 'running');
    if (isRunning !== this.#state.isRunning) this.#set({ ...this.#state, isRunning });
  }

  #set(state: BatchState): void {
    this.#state = state;
    this.#listeners.forEach((listener) => listener());
  }
}
