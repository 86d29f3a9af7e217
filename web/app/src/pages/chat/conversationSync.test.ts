// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seconds } from '../../tasks.testing.tsx';
import { answered, hello, memoryStorage, openChat } from './chat.testing.ts';
import { ConversationSync } from './conversationSync.ts';
import type { ConversationChange, ConversationsApi, WholeConversation } from './conversationsApi.ts';
import { keptHere } from './keptDraft.ts';
import type { Message } from './conversation.ts';

/** Merges changes as the server does. */
class FakeConversation {
  whole: WholeConversation | null = null;
  readonly save = vi.fn<ConversationsApi['save']>(async (_, change) => this.take(change));
  readonly read = vi.fn<ConversationsApi['read']>(async () => this.whole);

  take({ messages, removed, pending }: ConversationChange): void {
    const before = (this.whole?.messages ?? []).filter(({ id }) => !removed.includes(id));
    const changed = new Map(messages.map((message) => [message.id, message]));
    const kept = before.map((message) => changed.get(message.id) ?? message);
    const known = new Set(before.map(({ id }) => id));
    this.whole = { messages: [...kept, ...messages.filter(({ id }) => !known.has(id))], pending };
  }
}

type Page = ReturnType<typeof openChat> & { readonly sync: ConversationSync };

function openPage(server: FakeConversation, storage = memoryStorage()): Page {
  const chat = openChat({ storage });
  const { outbox } = keptHere(storage, 'u1', { id: 'c1', isNew: false });
  const sync = new ConversationSync(
    { id: 'c1', session: chat.session, api: server, outbox },
    server.whole === null ? null : (JSON.parse(JSON.stringify(server.whole)) as WholeConversation),
  );
  sync.open();
  return { ...chat, sync };
}

const textsOf = (messages: readonly Message[]): string[] =>
  messages.map((message) => ('text' in message ? message.text : message.kind));
const shownIn = (page: Page): string[] => textsOf(page.state().messages);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a conversation on the server', () => {
  it('is saved as it grows, and is whole on another device', async () => {
    const server = new FakeConversation();
    const page = openPage(server);
    for (let turn = 1; turn <= 12; turn += 1) {
      page.api.poll.mockResolvedValueOnce(answered(`*answer ${turn}*`));
      page.session.ask({ kind: 'chat', message: `turn ${turn}`, images: [] });
      await seconds(1);
    }

    expect(server.save.mock.calls[0]![1]).toMatchObject({ title: 'turn 1' });
    const elsewhere = openPage(server);
    expect(shownIn(elsewhere)).toHaveLength(24);
    expect(shownIn(elsewhere)).toEqual(shownIn(page));
    await seconds(1);
    expect(server.whole!.messages).toHaveLength(24);
  });

  it('names the open task, which another page goes on with', async () => {
    const server = new FakeConversation();
    openPage(server).session.ask(hello);
    await seconds(0);
    expect(server.whole).toMatchObject({ pending: { taskId: 't1', ask: hello } });

    const elsewhere = openPage(server);
    expect(elsewhere.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
    elsewhere.api.poll.mockResolvedValue(answered('**x = 4**'));
    await seconds(1);

    expect(elsewhere.api.submit).not.toHaveBeenCalled();
    expect(textsOf(server.whole!.messages)).toEqual(['What is 2x = 8?', '**x = 4**']);
    expect(server.whole!.pending).toBeNull();
  });

  it('has an answer once, though two pages saw it come', async () => {
    const server = new FakeConversation();
    const page = openPage(server);
    page.session.ask(hello);
    await seconds(0);
    const other = openPage(server);
    for (const { api } of [page, other]) api.poll.mockResolvedValue(answered('**x = 4**'));
    await seconds(1);
    window.dispatchEvent(new Event('online'));
    await seconds(0);

    expect(textsOf(server.whole!.messages)).toEqual(['What is 2x = 8?', '**x = 4**']);
    expect(shownIn(page)).toEqual(shownIn(other));
  });

  it('shows what another page said meanwhile', async () => {
    const server = new FakeConversation();
    const page = openPage(server);
    page.api.poll.mockResolvedValue(answered('*first*'));
    page.session.ask(hello);
    await seconds(1);
    server.take({
      title: '',
      messages: [{ kind: 'user', id: 'other', text: 'From my phone', images: [] }],
      removed: [],
      pending: { taskId: 't9', ask: hello },
    });

    window.dispatchEvent(new Event('online'));
    await seconds(0);

    expect(shownIn(page)).toEqual(['What is 2x = 8?', '*first*', 'From my phone']);
    expect(page.state().phase).toMatchObject({ name: 'waiting', taskId: 't9' });
  });

  it('is saved when the server is back, and over a reload', async () => {
    const server = new FakeConversation();
    const storage = memoryStorage();
    server.save.mockRejectedValue(new HandoffError('The server cannot be reached.', {}));
    const page = openPage(server, storage);
    page.session.ask(hello);
    await seconds(0);
    expect(page.sync.snapshot().name).toBe('unsaved');
    page.sync.close();
    page.close();
    server.save.mockImplementation(async (_, change) => server.take(change));

    const after = openPage(server, storage);
    await seconds(0);

    expect(shownIn(after)).toEqual(['What is 2x = 8?']);
    expect(after.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
    expect(textsOf(server.whole!.messages)).toEqual(['What is 2x = 8?']);
    expect(storage.length).toBe(0);
  });

  it('says when the server does not take it any more', async () => {
    const server = new FakeConversation();
    server.save.mockRejectedValue(new HandoffError('This chat was deleted.', { status: 410 }));
    const page = openPage(server);
    page.session.ask(hello);
    await seconds(60);

    expect(page.sync.snapshot()).toEqual({ name: 'refused', reason: 'This chat was deleted.' });
    expect(server.save).toHaveBeenCalledTimes(1);
  });

  it('keeps on the server what it had when a person logs out', async () => {
    const server = new FakeConversation();
    const page = openPage(server);
    page.session.ask(hello);
    await seconds(0);
    page.sync.stop();
    page.session.forget();
    await seconds(1);

    expect(textsOf(server.whole!.messages)).toEqual(['What is 2x = 8?']);
  });
});
