import { refusalIn } from '../../session/json.ts';
import { Store } from '../../state/Store.ts';
import type { Keeper } from '../../state/keeper.ts';
import type { PromptApi } from './promptApi.ts';
import { type KeptPrompt, type PromptPorts, PromptSession } from './promptSession.ts';

export type BatchState = {
  readonly sessions: readonly PromptSession[];
  readonly isRunning: boolean;
  readonly problem: string | null;
  /** How many prompts were made without the AI. */
  readonly withoutAi: number;
};

const none: BatchState = { sessions: [], isRunning: false, problem: null, withoutAi: 0 };

export type BatchPorts = {
  readonly api: PromptPorts['api'] & Pick<PromptApi, 'startAll'>;
  readonly keeper: Keeper<readonly KeptPrompt[]>;
};

/** The parts of notes between lines of three dashes or more. */
export function partsOf(notes: string): readonly string[] {
  return notes
    .split(/^[ \t]*-{3,}[ \t]*$/m)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Several prompts that are submitted together; each is a session of its own. */
export class PromptBatch extends Store<BatchState> {
  readonly #ports: BatchPorts;

  constructor(ports: BatchPorts) {
    super(none);
    this.#ports = ports;
    this.#show(ports.keeper.read());
  }

  /** Submits all parts, in place of those before. */
  readonly generate = async (notes: readonly string[], reuse: boolean): Promise<void> => {
    if (this.snapshot().isRunning) return;
    this.set({ ...this.snapshot(), isRunning: true, problem: null });
    try {
      const ids = await this.#ports.api.startAll({ notes, reuse });
      const kept = notes.map((part, at): KeptPrompt => ({ notes: part, taskId: ids[at] ?? null }));
      this.#ports.keeper.write(kept);
      this.#show(kept);
    } catch (error) {
      const problem = refusalIn(error) ?? 'The server cannot be reached. Check your connection.';
      this.set({ ...this.snapshot(), problem });
    }
    this.#count();
  };

  /** Has the AI asked again for each prompt that was made without it. */
  readonly remakeAll = (): void => {
    for (const session of this.snapshot().sessions) {
      const { state } = session.snapshot();
      if (state.name === 'done' && !state.byAi) void session.remake();
    }
  };

  readonly clear = (): void => {
    this.#ports.keeper.write([]);
    this.forget();
  };

  /** Lets go of the prompts; what is kept stays as it is. */
  readonly forget = (): void => this.set(none);

  #show(kept: readonly KeptPrompt[]): void {
    const sessions = kept.map((one, at) => {
      const keeper = { read: () => one, write: (changed: KeptPrompt) => this.#keep(at, changed) };
      const session = new PromptSession({ api: this.#ports.api, keeper });
      session.subscribe(() => this.#count());
      return session;
    });
    this.set({ ...this.snapshot(), sessions });
    this.#count();
  }

  /** All of them are kept together. One that failed keeps its task, to be seen again. */
  #keep(at: number, changed: KeptPrompt): void {
    if (changed.taskId === null) return;
    const { keeper } = this.#ports;
    keeper.write(keeper.read().map((one, place) => (place === at ? changed : one)));
  }

  #count(): void {
    const before = this.snapshot();
    const states = before.sessions.map((session) => session.snapshot().state);
    const isRunning = states.some(({ name }) => name === 'running');
    const withoutAi = states.filter((state) => state.name === 'done' && !state.byAi).length;
    if (isRunning !== before.isRunning || withoutAi !== before.withoutAi)
      this.set({ ...before, isRunning, withoutAi });
  }
}
