import { HandoffError } from '@handoff/client';

/** The current task; `error` says why the last submit was refused. */
export type Current = {
  readonly id: string | null;
  readonly submitting: boolean;
  readonly error: HandoffError | null;
};

const none: Current = { id: null, submitting: false, error: null };

/**
 * The current task of a key, in all tabs of this browser. It is kept in `localStorage` and survives a reload. Where
 * storage is forbidden, it lives as long as the page.
 */
export class CurrentTask {
  #current: Current = none;
  #submitting: { readonly answer: Promise<string | null>; readonly stop: AbortController } | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
    this.#current = { ...none, id: this.#stored() };
  }

  readonly snapshot = (): Current => this.#current;
  readonly serverSnapshot = (): Current => none;

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      addEventListener('storage', this.#onStorage);
      // Another tab may have changed the task while there was no subscriber.
      if (!this.#current.submitting) this.#adopt(this.#stored() ?? this.#current.id);
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) removeEventListener('storage', this.#onStorage);
    };
  };

  /** Whether the store can be removed: everything it knows is stored. */
  get isIdle(): boolean {
    return this.#listeners.size === 0 && this.#submitting === null;
  }

  /**
   * Submits a task. A second call meanwhile, by a second click, is the same submit. Resolves with null when refused
   * or reset.
   */
  submit(send: (signal: AbortSignal) => Promise<{ readonly id: string }>): Promise<string | null> {
    if (this.#submitting !== null) return this.#submitting.answer;
    const stop = new AbortController();
    const answer = this.#handIn(send, stop.signal);
    this.#submitting = { answer, stop };
    return answer;
  }

  /** Forgets the task, here and in the other tabs. It goes on on the server. */
  readonly reset = (): void => {
    this.#submitting?.stop.abort();
    this.#submitting = null;
    this.#store(null);
    this.#show(none);
  };

  /** Forgets the task if it is still the current one. */
  readonly forget = (id: string): void => {
    if (this.#current.id === id) this.reset();
  };

  async #handIn(
    send: (signal: AbortSignal) => Promise<{ readonly id: string }>,
    signal: AbortSignal,
  ): Promise<string | null> {
    this.#show({ id: null, submitting: true, error: null });
    try {
      const { id } = await send(signal);
      if (signal.aborted) return null;
      this.#store(id);
      this.#show({ id, submitting: false, error: null });
      return id;
    } catch (cause) {
      if (signal.aborted) return null;
      const error = cause instanceof HandoffError ? cause : new HandoffError(String(cause), { cause });
      this.#store(null);
      this.#show({ id: null, submitting: false, error });
      return null;
    } finally {
      if (this.#submitting?.stop.signal === signal) this.#submitting = null;
    }
  }

  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key === this.#key || key === null) this.#adopt(this.#stored());
  };

  #adopt(id: string | null): void {
    if (id !== this.#current.id) this.#show({ ...this.#current, id });
  }

  #show(current: Current): void {
    this.#current = current;
    for (const listener of this.#listeners) listener();
  }

  #stored(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }

  #store(id: string | null): void {
    try {
      if (id === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, id);
    } catch {
      // Full or forbidden: the task is known until the page is closed.
    }
  }
}

const stores = new Map<string, CurrentTask>();
/** Above this number, unused stores are removed. */
const remembered = 50;

/** The store of a type and scope, shared by all components of the page. */
export function currentTask(type: string, scope: string): CurrentTask {
  const key = `handoff:task:${scope === '' ? '' : `${scope}:`}${type}`;
  const known = stores.get(key);
  if (known !== undefined) return known;
  if (stores.size >= remembered) {
    for (const [oldKey, old] of stores) if (old.isIdle) stores.delete(oldKey);
  }
  const created = new CurrentTask(key);
  stores.set(key, created);
  return created;
}
