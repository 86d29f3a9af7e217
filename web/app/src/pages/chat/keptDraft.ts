import { newConversationId } from './conversationId.ts';
import { keptPrefix } from '../../session/account.ts';
import { fieldIn } from '../../session/json.ts';
import { type Keeper, keeper } from '../../state/keeper.ts';
import { type Attachment, type ChatState, emptyChat } from './chatState.ts';
import type { UploadedImage } from './conversation.ts';
import type { ConversationChange } from './conversationsApi.ts';

/** What this browser keeps of a conversation: the message that is being written, and what is not saved yet. */
export type KeptHere = {
  readonly draft: Keeper<ChatState>;
  readonly outbox: Keeper<ConversationChange | null>;
};

type Draft = { readonly version: 2; readonly text: string; readonly attachments: readonly UploadedImage[] };

/** A new conversation has no name of its own before something is said. */
export function keptHere(
  storage: Storage,
  accountId: string,
  { id, isNew }: { readonly id: string; readonly isNew: boolean },
): KeptHere {
  const own = `${keptPrefix}chat:${accountId}:${id}`;
  const next = `${keptPrefix}chat:${accountId}:new`;
  const keeperOf = (key: string): Keeper<Draft | null> => keeper(storage, `${key}:draft`, draftIn);
  const outbox = keeper<ConversationChange | null>(storage, `${own}:unsaved`, changeIn);
  return {
    draft: {
      read: () => stateOf(keeperOf(isNew ? next : own).read()),
      write: (state) => {
        const isFirst = isNew && state.messages.length === 0;
        if (isNew && !isFirst) storage.removeItem(`${next}:draft`);
        const kept = draftOf(state);
        const place = isFirst ? next : own;
        if (kept.text === '' && kept.attachments.length === 0) storage.removeItem(`${place}:draft`);
        else keeperOf(place).write(kept);
      },
    },
    outbox: {
      read: outbox.read,
      write: (change) => {
        if (change === null) storage.removeItem(`${own}:unsaved`);
        else outbox.write(change);
      },
    },
  };
}

function draftOf({ draft, attachments }: ChatState): Draft {
  return {
    version: 2,
    text: draft,
    attachments: attachments.flatMap(({ uploaded }) =>
      uploaded === null ? [] : [{ id: uploaded.id, name: uploaded.name, url: uploaded.url }],
    ),
  };
}

// The page itself wrote these values, so the version and a list stand for their shape.
function draftIn(value: unknown): Draft | null {
  return fieldIn(value, 'version') === 2 ? (value as Draft) : null;
}

function changeIn(value: unknown): ConversationChange | null {
  return Array.isArray(fieldIn(value, 'messages')) ? (value as ConversationChange) : null;
}

function stateOf(kept: Draft | null): ChatState {
  const prefix = `${newConversationId().slice(0, 8)}-`;
  if (kept === null) return { ...emptyChat, prefix };
  return { ...emptyChat, prefix, draft: kept.text, attachments: kept.attachments.map(attachmentOf) };
}

function attachmentOf(uploaded: UploadedImage): Attachment {
  return { key: uploaded.id, name: uploaded.name, preview: null, uploaded };
}
