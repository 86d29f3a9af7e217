import type { Fetch } from '@handoff/client';
import { fieldIn, getJson, sendJson, textIn } from '../../session/json.ts';
import type { Message } from './conversation.ts';
import type { Pending } from './chatState.ts';

/** One of a person's conversations, in the list. */
export type ListedConversation = {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
  readonly isAnswering: boolean;
};

export type ConversationList = {
  readonly conversations: readonly ListedConversation[];
  /** Whether there are older ones. */
  readonly more: boolean;
};

export type WholeConversation = { readonly messages: readonly Message[]; readonly pending: Pending | null };

/** What changed in this page since it was last saved. */
export type ConversationChange = {
  readonly title: string;
  readonly messages: readonly Message[];
  readonly removed: readonly string[];
  readonly pending: Pending | null;
};

/** The calls about conversations, which live on the server. */
export type ConversationsApi = {
  readonly list: (search: string, before: number | null, signal?: AbortSignal) => Promise<ConversationList>;
  /** Null for one that the server does not know yet. */
  readonly read: (id: string, signal?: AbortSignal) => Promise<WholeConversation | null>;
  readonly save: (id: string, change: ConversationChange) => Promise<void>;
  readonly rename: (id: string, title: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly restore: (id: string) => Promise<void>;
};

const base = '/ai/chat/conversations/';

export function conversationsApi(fetch: Fetch): ConversationsApi {
  const path = (id: string, call = ''): string => `${base}${encodeURIComponent(id)}/${call}`;
  const send = async (method: string, url: string, json?: unknown): Promise<void> =>
    void (await sendJson(fetch, url, { method, ...(json !== undefined && { json }) }));
  return {
    list: async (search, before, signal) => {
      const query = new URLSearchParams({
        ...(search !== '' && { search }),
        ...(before !== null && { before: String(before) }),
      });
      return listIn(await getJson(fetch, query.size === 0 ? base : `${base}?${query}`, signal));
    },
    read: async (id, signal) => {
      const response = await fetch(path(id), { credentials: 'same-origin', ...(signal && { signal }) });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`The chat was answered with ${response.status}.`);
      return wholeIn(await response.json());
    },
    save: (id, change) => send('PUT', path(id), change),
    rename: (id, title) => send('PATCH', path(id), { title }),
    remove: (id) => send('DELETE', path(id)),
    restore: (id) => send('POST', path(id, 'restore/')),
  };
}

function listIn(body: unknown): ConversationList {
  const list = fieldIn(body, 'conversations');
  const conversations = (Array.isArray(list) ? list : []).map((entry: unknown) => ({
    id: textIn(entry, 'id') ?? '',
    title: textIn(entry, 'title') ?? '',
    updatedAt: Number(fieldIn(entry, 'updated_at')),
    isAnswering: fieldIn(entry, 'is_answering') === true,
  }));
  return { conversations, more: fieldIn(body, 'more') === true };
}

// Pages of this application wrote the messages, and the server keeps them as they are.
function wholeIn(body: unknown): WholeConversation {
  const messages = fieldIn(body, 'messages');
  return {
    messages: Array.isArray(messages) ? (messages as Message[]) : [],
    pending: (fieldIn(body, 'pending') as Pending | null | undefined) ?? null,
  };
}
