import { HandoffError } from '@handoff/client';
import { Store } from '../../state/Store.ts';
import type { Keeper } from '../../state/keeper.ts';
import type { ChatSession } from './chatSession.ts';
import { type ChatState, type Pending, pendingIn } from './chatState.ts';
import type { Ask, Message, UploadedImage } from './conversation.ts';
import type { ConversationChange, ConversationsApi, WholeConversation } from './conversationsApi.ts';

/** `unsaved`: the server was not reached, and is tried again. `refused`: it does not take the conversation. */
export type SyncState =
  /** `times`: how often something was saved. */
  | { readonly name: 'saved'; readonly times: number }
  | { readonly name: 'unsaved' }
  | { readonly name: 'refused'; readonly reason: string };

export type SyncPorts = {
  readonly id: string;
  readonly session: ChatSession;
  readonly api: Pick<ConversationsApi, 'read' | 'save'>;
  /** Keeps what is not saved yet over a reload. */
  readonly outbox: Keeper<ConversationChange | null>;
};

const firstRetry = 1_000;
const longestRetry = 30_000;
const longestTitle = 80;
const messagesPerSave = 100;

/**
 * Keeps a session and its conversation on the server the same: saves what changed here, in order, until it is saved,
 * and takes over what other tabs and devices changed.
 */
export class ConversationSync extends Store<SyncState> {
  readonly #ports: SyncPorts;
  #saved = new Map<string, Message>();
  #savedPending: Pending | null = null;
  #isSaving = false;
  #isOpen = false;
  #isStopped = false;
  #times = 0;
  #retryAfter = firstRetry;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave = (): void => {};

  constructor(ports: SyncPorts, whole: WholeConversation | null) {
    super({ name: 'saved', times: 0 });
    this.#ports = ports;
    if (whole !== null) this.#take(whole);
    const unsaved = ports.outbox.read();
    if (unsaved !== null) ports.session.dispatch({ type: 'unsavedFound', ...unsaved });
  }

  open(): void {
    this.#isOpen = true;
    this.#leave = this.#ports.session.subscribe(() => void this.#save());
    addEventListener('online', this.#onReturn);
    document.addEventListener('visibilitychange', this.#onReturn);
    void this.#save();
  }

  /** Saves what is left, once. */
  close(): void {
    this.#isOpen = false;
    this.#leave();
    clearTimeout(this.#timer);
    removeEventListener('online', this.#onReturn);
    document.removeEventListener('visibilitychange', this.#onReturn);
    void this.#save();
  }

  /** Saves nothing any more. */
  stop(): void {
    this.#isStopped = true;
    this.close();
  }

  readonly #onReturn = (): void => {
    if (document.visibilityState === 'visible') void this.#refresh();
  };

  async #refresh(): Promise<void> {
    await this.#save();
    const before = this.#saved;
    const whole = await this.#ports.api.read(this.#ports.id).catch(() => null);
    // What was saved meanwhile may be missing in the answer.
    if (whole === null || this.#isSaving || before !== this.#saved || !this.#isOpen) return;
    this.#take(whole);
  }

  #take(whole: WholeConversation): void {
    const known = new Set(this.#saved.keys());
    this.#saved = new Map(whole.messages.map((message) => [message.id, message]));
    this.#savedPending = whole.pending;
    this.#ports.session.dispatch({ type: 'synced', ...whole, known });
  }

  async #save(): Promise<void> {
    const { id, session, api, outbox } = this.#ports;
    if (this.#isSaving || this.#isStopped || this.snapshot().name === 'refused') return;
    const state = session.snapshot();
    const shown = savedMessages(state);
    const change = this.#changeOf(state, shown);
    outbox.write(change);
    if (change === null) return;
    clearTimeout(this.#timer);
    this.#isSaving = true;
    const saved = new Map(this.#saved);
    for (const message of change.messages) saved.set(message.id, message);
    for (const removed of change.removed) saved.delete(removed);
    try {
      await api.save(id, { ...change, messages: change.messages.map(withoutPreviews) });
      this.#saved = saved;
      this.#savedPending = change.pending;
      this.#retryAfter = firstRetry;
      this.#times += 1;
      this.set({ name: 'saved', times: this.#times });
    } catch (error) {
      this.#onFailure(error);
      return;
    } finally {
      this.#isSaving = false;
    }
    await this.#save();
  }

  #onFailure(error: unknown): void {
    const status = error instanceof HandoffError ? error.status : 0;
    if (status >= 400 && status < 500 && ![401, 408, 429].includes(status)) {
      this.set({ name: 'refused', reason: (error as HandoffError).message });
      return;
    }
    this.set({ name: 'unsaved' });
    if (this.#isOpen) this.#timer = setTimeout(() => void this.#save(), this.#retryAfter);
    this.#retryAfter = Math.min(longestRetry, this.#retryAfter * 2);
  }

  #changeOf(state: ChatState, shown: readonly Message[]): ConversationChange | null {
    const messages = shown
      .filter((message) => this.#saved.get(message.id) !== message)
      .slice(0, messagesPerSave);
    const ids = new Set(shown.map((message) => message.id));
    const removed = [...this.#saved.keys()].filter((known) => !ids.has(known)).slice(0, messagesPerSave);
    const pending = pendingIn(state);
    const isSame = pending?.taskId === this.#savedPending?.taskId;
    if (messages.length === 0 && removed.length === 0 && isSame) return null;
    return { title: titleOf(shown), messages, removed, pending: pending && withoutImagePreviews(pending) };
  }
}

/** What was shown of an answer that timed out is not part of the conversation: it comes again. */
function savedMessages({ messages, phase }: ChatState): readonly Message[] {
  if (phase.name !== 'timedOut') return messages;
  return messages.filter(({ id }) => !phase.shownIds.includes(id));
}

function titleOf(messages: readonly Message[]): string {
  const first = messages.find((message) => message.kind === 'user');
  const text = first?.kind === 'user' ? first.text.trim().replace(/\s+/g, ' ') : '';
  return text.length <= longestTitle ? text : `${text.slice(0, longestTitle - 1)}…`;
}

function withoutPreviews(message: Message): Message {
  return message.kind === 'user' ? { ...message, images: message.images.map(withoutPreview) } : message;
}

function withoutImagePreviews(pending: Pending): Pending {
  const { ask } = pending;
  const bare: Ask = ask.kind === 'chat' ? { ...ask, images: ask.images.map(withoutPreview) } : ask;
  return { ...pending, ask: bare };
}

function withoutPreview({ id, name, url }: UploadedImage): UploadedImage {
  return { id, name, url };
}
