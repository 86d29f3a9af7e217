import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import type { Account } from '../../session/account.ts';
import { ChatHeader } from './ChatHeader.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { ConversationList } from './ConversationList.tsx';
import { DropZone } from './DropZone.tsx';
import { NewChatDialog } from './NewChatDialog.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { SyncNote } from './SyncNote.tsx';
import type { ChatConfig } from './chatConfig.ts';
import { isBusy } from './chatState.ts';
import { addressOf } from './conversationId.ts';
import { acceptedImages } from './imageRules.ts';
import { type Starter, topicMessage } from './starters.ts';
import { type OpenConversation, useChat } from './useChat.ts';
import type { Conversations } from './useConversations.ts';

type ChatScreenProps = {
  readonly account: Account;
  readonly config: ChatConfig;
  readonly conversation: OpenConversation;
  readonly conversations: Conversations;
  /** Opens another conversation; null for a new one. */
  readonly onOpen: (id: string | null) => void;
};

/** The whole page: header, shortcuts, conversation and input around one session. */
export function ChatScreen({
  account,
  config,
  conversation,
  onOpen,
  conversations,
}: ChatScreenProps): ReactElement {
  const { reload } = conversations;
  const { state, session, sync, attach, forget } = useChat(conversation, { account, config });
  const timesSaved = sync.name === 'saved' ? sync.times : 0;
  useEffect(() => {
    if (timesSaved > 0) void reload();
  }, [timesSaved, reload]);
  const [isLeaving, setIsLeaving] = useState(false);
  useNamedInAddress(conversation.id, state.messages.length > 0);
  const input = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);

  // On a touch screen focus would bring up the keyboard over what was just shown.
  const focusInput = useCallback(() => {
    if (matchMedia('(pointer: fine)').matches) input.current?.focus();
  }, []);
  const onStart = (starter: Starter): void => {
    if (starter.does === 'attach') return chooser.current?.click();
    if (starter.does === 'ask') session.ask({ kind: 'chat', message: starter.message, images: [] });
    else session.dispatch({ type: 'modeChosen', mode: 'question' });
    input.current?.focus();
  };
  const onTopic = (topic: string): void => {
    if (state.mode === 'question') session.practise(topic);
    else session.ask({ kind: 'chat', message: topicMessage(topic), images: [] });
    focusInput();
  };
  const onNewChat = (): void => {
    if (isBusy(state)) setIsLeaving(true);
    else if (state.messages.length > 0) onOpen(null);
    else focusInput();
  };
  const shortcuts = (afterwards: () => void): ReactElement => (
    <>
      <ConversationList
        conversations={conversations}
        openId={conversation.id}
        onOpen={(id) => {
          afterwards();
          if (id !== conversation.id) onOpen(id);
        }}
        onGone={() => {
          forget();
          onOpen(null);
        }}
      />
      <Shortcuts
        topics={config.topics}
        practising={state.mode === 'question'}
        disabled={isBusy(state)}
        onStart={(starter) => {
          afterwards();
          onStart(starter);
        }}
        onTopic={(topic) => {
          afterwards();
          onTopic(topic);
        }}
      />
    </>
  );

  return (
    <DropZone onFiles={attach}>
      <ChatHeader
        account={account}
        offline={config.offline}
        shortcuts={shortcuts}
        beforeForgetting={forget}
        onNewChat={onNewChat}
      />
      <NewChatDialog
        isOpen={isLeaving}
        onCancel={() => setIsLeaving(false)}
        onKeep={() => onOpen(null)}
        onStop={() => void session.stop().then(() => onOpen(null))}
      />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label="Chats and shortcuts"
          className="hidden w-64 shrink-0 overflow-y-auto border-r border-line px-3 py-5 lg:block"
        >
          {shortcuts(() => {})}
        </aside>
        <main className="flex min-w-0 flex-1 flex-col">
          <Conversation
            account={account}
            state={state}
            session={session}
            onStart={onStart}
            focusInput={focusInput}
          />
          <SyncNote sync={sync} />
          <Composer
            ref={input}
            state={state}
            session={session}
            config={config}
            attach={attach}
            chooser={chooser}
          />
        </main>
      </div>
      <input
        ref={chooser}
        type="file"
        accept={acceptedImages}
        multiple
        hidden
        aria-label="Choose images"
        onChange={(event) => {
          attach([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = '';
          focusInput();
        }}
      />
    </DropZone>
  );
}

/** Puts the conversation into the address once something was said, so that a reload finds it. */
function useNamedInAddress(id: string, hasMessages: boolean): void {
  useEffect(() => {
    if (hasMessages) history.replaceState(null, '', addressOf(id));
  }, [id, hasMessages]);
}
