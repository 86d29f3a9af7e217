import { DropdownMenu } from 'radix-ui';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../icons/Icon.tsx';
import type { ListedConversation } from './conversationsApi.ts';
import type { Conversations } from './useConversations.ts';

type ConversationListProps = {
  readonly conversations: Conversations;
  readonly openId: string;
  readonly onOpen: (id: string) => void;
  /** Called when the open one was deleted. */
  readonly onGone: () => void;
};

/** Everything that was said to SAT Buddy before, on whichever device. */
export function ConversationList(props: ConversationListProps): ReactElement {
  const { conversations } = props;
  const { load, search, setSearch, showMore, reload, deleted, undo, problem } = conversations;
  const id = useId();
  const list = load.name === 'loaded' ? load.value : null;
  return (
    <section aria-labelledby={`${id}chats`} className="pb-6">
      <h2 id={`${id}chats`} className="px-2.5 pb-1.5 text-sm font-semibold text-muted">
        Your chats
      </h2>
      <input
        type="search"
        value={search}
        aria-label="Search your chats"
        placeholder="Search"
        onChange={(event) => setSearch(event.target.value)}
        className="mb-2 w-full rounded-control border border-line-strong bg-surface px-2.5 py-1.5 text-sm"
      />
      <div role="status" className="px-2.5 text-sm text-muted empty:hidden">
        {deleted !== null && (
          <p className="flex flex-wrap items-center justify-between gap-2 pb-2">
            <span className="min-w-0 wrap-anywhere">“{deleted.title}” was deleted.</span>
            <Button size="small" onClick={() => void undo()}>
              Undo
            </Button>
          </p>
        )}
        {problem !== null && <p className="pb-2 text-bad">{problem}</p>}
        {list?.conversations.length === 0 && (search === '' ? 'None yet' : `Nothing about “${search}”`)}
        {load.name === 'failed' && (
          <span className="flex items-center justify-between gap-2">
            They could not be read.
            <Button size="small" onClick={() => void reload()}>
              Try again
            </Button>
          </span>
        )}
      </div>
      <ul aria-labelledby={`${id}chats`}>
        {list?.conversations.map((conversation) => (
          <ListItem key={conversation.id} {...props} conversation={conversation} />
        ))}
      </ul>
      {list?.more && (
        <Button look="quiet" size="small" onClick={showMore}>
          Show older ones
        </Button>
      )}
    </section>
  );
}

type ListItemProps = ConversationListProps & { readonly conversation: ListedConversation };

function ListItem(props: ListItemProps): ReactElement {
  const { conversation, conversations, openId, onOpen } = props;
  const [isRenaming, setIsRenaming] = useState(false);
  if (isRenaming) {
    return (
      <li>
        <RenameForm
          title={conversation.title}
          onEnd={(title) => {
            setIsRenaming(false);
            if (title !== null && title !== '') void conversations.rename(conversation, title);
          }}
        />
      </li>
    );
  }
  return (
    <li className="flex items-center rounded-control hover:bg-sunken has-aria-[current]:bg-accent-soft">
      <button
        type="button"
        aria-current={conversation.id === openId ? 'page' : undefined}
        onClick={() => onOpen(conversation.id)}
        className="min-w-0 flex-1 px-2.5 py-2 text-left text-sm"
      >
        <span dir="auto" className="block truncate">
          {conversation.title}
        </span>
        {conversation.isAnswering && <span className="text-xs text-muted">Answering…</span>}
      </button>
      <ItemMenu {...props} onRename={() => setIsRenaming(true)} />
    </li>
  );
}

const itemClasses =
  'flex cursor-pointer rounded-md px-3 py-2 text-sm outline-none data-highlighted:bg-sunken';

function ItemMenu(props: ListItemProps & { readonly onRename: () => void }): ReactElement {
  const { conversation, conversations, openId, onGone, onRename } = props;
  const onDelete = async (): Promise<void> => {
    await conversations.remove(conversation);
    if (conversation.id === openId) onGone();
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={`More about ${conversation.title}`}
        className="grid size-9 place-items-center rounded-control text-muted hover:text-ink"
      >
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          className="z-50 min-w-40 rounded-card border border-line bg-surface p-1.5 shadow-float"
        >
          <DropdownMenu.Item className={itemClasses} onSelect={onRename}>
            Rename
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={itemClasses}
            onSelect={() => void conversations.exportIt(conversation)}
          >
            Export
          </DropdownMenu.Item>
          <DropdownMenu.Item className={`${itemClasses} text-bad`} onSelect={() => void onDelete()}>
            Delete
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type RenameFormProps = {
  readonly title: string;
  /** The new title; null when it stays. */
  readonly onEnd: (title: string | null) => void;
};

function RenameForm({ title, onEnd }: RenameFormProps): ReactElement {
  const [draft, setDraft] = useState(title);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    onEnd(draft.trim());
  };
  return (
    <form onSubmit={onSubmit}>
      <input
        ref={(input) => input?.focus()}
        value={draft}
        maxLength={120}
        aria-label={`New name of ${title}`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => onEnd(draft.trim())}
        onKeyDown={(event) => event.key === 'Escape' && onEnd(null)}
        className="w-full rounded-control border border-accent bg-surface px-2.5 py-2 text-sm"
      />
    </form>
  );
}
