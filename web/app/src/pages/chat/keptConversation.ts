import { keptPrefix } from '../../session/account.ts';
import { fieldIn } from '../../session/json.ts';
import { type Keeper, keeper } from '../../state/keeper.ts';
import { type Attachment, type ChatState, emptyChat } from './chatState.ts';
import type { Ask, Message, UploadedImage } from './conversation.ts';

/** What is kept over a reload: the last messages, the uploaded images of the next one, and the open task. */
type Kept = {
  readonly version: 1;
  readonly messages: readonly Message[];
  readonly attachments: readonly UploadedImage[];
  readonly pending: { readonly taskId: string; readonly ask: Ask } | null;
  readonly nextId: number;
};

/** Keeps one person's conversation in this browser. */
export function conversationKeeper(storage: Storage, accountId: string, atMost: number): Keeper<ChatState> {
  const { read, write } = keeper<Kept | null>(storage, `${keptPrefix}chat:${accountId}`, keptIn);
  return { read: () => stateOf(read()), write: (state) => write(keptOf(state, atMost)) };
}

function keptOf({ messages, attachments, phase, nextId }: ChatState, atMost: number): Kept {
  const pending = phase.name === 'waiting' || phase.name === 'timedOut' ? phase : null;
  return {
    version: 1,
    messages: lastOf(messages, atMost).filter(
      ({ id }) => phase.name !== 'timedOut' || !phase.shownIds.includes(id),
    ),
    attachments: attachments.flatMap(({ uploaded }) => (uploaded === null ? [] : [withoutPreview(uploaded)])),
    pending: pending && { taskId: pending.taskId, ask: pending.ask },
    nextId,
  };
}

/** The last messages and the notices among them, without local URLs. */
function lastOf(messages: readonly Message[], atMost: number): readonly Message[] {
  const said = messages.filter((message) => message.kind !== 'notice');
  const first = said.at(-atMost) ?? said[0];
  return messages
    .slice(first === undefined ? 0 : messages.indexOf(first))
    .map((message) =>
      message.kind === 'user' ? { ...message, images: message.images.map(withoutPreview) } : message,
    );
}

// The page itself wrote this value, so its version stands for its shape.
function keptIn(value: unknown): Kept | null {
  return fieldIn(value, 'version') === 1 ? (value as Kept) : null;
}

function stateOf(kept: Kept | null): ChatState {
  if (kept === null) return emptyChat;
  return {
    ...emptyChat,
    messages: kept.messages,
    attachments: kept.attachments.map(attachmentOf),
    nextId: kept.nextId,
    phase:
      kept.pending === null
        ? emptyChat.phase
        : { name: 'waiting', ...kept.pending, text: '', note: null, stopping: false },
  };
}

function attachmentOf(uploaded: UploadedImage): Attachment {
  return { key: uploaded.id, name: uploaded.name, preview: null, uploaded };
}

function withoutPreview({ id, name, url }: UploadedImage): UploadedImage {
  return { id, name, url };
}
