import { refusalIn } from '../../session/json.ts';
import { Store } from '../../state/Store.ts';
import type { Keeper } from '../../state/keeper.ts';
import type { PromptApi } from './promptApi.ts';
import { type KeptPrompt, type PromptPorts, PromptSession } from './promptSession.ts';

export type BatchState = {
  readonly sessions: readonly PromptSession[];
  readonly isRunning: boolean;
  readonly problem: string | null;
};

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
    super({ sessions: [], isRunning: false, problem: null });
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
    this.#countRunning();
  };

  readonly clear = (): void => {
    this.#ports.keeper.write([]);
    this.forget();
  };

  /** Lets go of the prompts; what is kept stays as it is. */
  readonly forget = (): void => this.set({ sessions: [], isRunning: false, problem: null });

  #show(kept: readonly KeptPrompt[]): void {
    const sessions = kept.map((one) => {
      // The batch keeps all of them.
      const keeper = { read: () => one, write: () => {} };
      const session = new PromptSession({ api: this.#ports.api, keeper });
      session.subscribe(() => this.#countRunning());
      return session;
    });
    this.set({ ...this.snapshot(), sessions });
    this.#countRunning();
  }

  #countRunning(): void {
    const { sessions, isRunning: before } = this.snapshot();
    const isRunning = sessions.some((session) => session.snapshot().state.name === 'running');
    if (isRunning !== before) this.set({ ...this.snapshot(), isRunning });
  }
}
