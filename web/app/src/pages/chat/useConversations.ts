import { useCallback, useEffect, useState } from 'react';
import { type UsedLoad, useLoad } from '../../state/useLoad.ts';
import { refusalIn } from '../../session/json.ts';
import type { ConversationList, ConversationsApi, ListedConversation } from './conversationsApi.ts';
import { download, exportedChat, fileNameOf } from './exportedChat.ts';

export type Conversations = Pick<UsedLoad<ConversationList>, 'load' | 'reload'> & {
  readonly search: string;
  readonly setSearch: (words: string) => void;
  readonly showMore: () => void;
  readonly rename: (conversation: ListedConversation, title: string) => Promise<void>;
  readonly remove: (conversation: ListedConversation) => Promise<void>;
  readonly exportIt: (conversation: ListedConversation) => Promise<void>;
  /** The one that was deleted last, which can be had back. */
  readonly deleted: ListedConversation | null;
  readonly undo: () => Promise<void>;
  readonly problem: string | null;
};

/** A person's conversations, found by their words, and what can be done with them. */
export function useConversations(api: ConversationsApi): Conversations {
  const [search, setSearch] = useState('');
  const [pages, setPages] = useState(1);
  const [deleted, setDeleted] = useState<ListedConversation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(
    (signal: AbortSignal) => readPages(api, search, pages, signal),
    [api, search, pages],
  );
  const { load, reload } = useLoad(read);
  const [shown, setShown] = useState(load);
  // The list stays while other words are looked for.
  if (load.name !== 'loading' && load !== shown) setShown(load);

  useEffect(() => {
    const onReturn = (): void => {
      if (document.visibilityState === 'visible') void reload();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [reload]);

  const doing = async (work: Promise<void>): Promise<boolean> => {
    setProblem(null);
    const failure = await work.then(
      () => null,
      (error: unknown) => refusalIn(error) ?? 'The server could not be reached. Please try again.',
    );
    setProblem(failure);
    await reload();
    return failure === null;
  };

  return {
    load: shown,
    reload,
    search,
    setSearch: (words) => {
      setSearch(words);
      setPages(1);
    },
    showMore: () => setPages((before) => before + 1),
    rename: async ({ id }, title) => void (await doing(api.rename(id, title))),
    remove: async (conversation) => {
      if (await doing(api.remove(conversation.id))) setDeleted(conversation);
    },
    exportIt: async ({ id, title }) => {
      await doing(
        api.read(id).then((whole) => {
          if (whole !== null) download(fileNameOf(title), exportedChat(title, whole.messages));
        }),
      );
    },
    deleted,
    undo: async () => {
      if (deleted !== null && (await doing(api.restore(deleted.id)))) setDeleted(null);
    },
    problem,
  };
}

async function readPages(
  api: ConversationsApi,
  search: string,
  pages: number,
  signal: AbortSignal,
): Promise<ConversationList> {
  let list = await api.list(search, null, signal);
  for (let page = 1; page < pages && list.more; page += 1) {
    const next = await api.list(search, list.conversations.at(-1)?.updatedAt ?? null, signal);
    list = { conversations: [...list.conversations, ...next.conversations], more: next.more };
  }
  return list;
}
