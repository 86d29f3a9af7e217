import { type ReactElement, useCallback, useRef } from 'react';
import type { Account } from '../../session/account.ts';
import { ChatHeader } from './ChatHeader.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { DropZone } from './DropZone.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import type { ChatConfig } from './chatConfig.ts';
import { isBusy } from './chatState.ts';
import { acceptedImages } from './imageRules.ts';
import { type Starter, topicMessage } from './starters.ts';
import { useChat } from './useChat.ts';

type ChatScreenProps = { readonly account: Account; readonly config: ChatConfig };

/** The whole page: header, shortcuts, conversation and input around one session. */
export function ChatScreen({ account, config }: ChatScreenProps): ReactElement {
  const { state, session, attach } = useChat(account, config);
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
    session.dispatch({ type: 'cleared' });
    focusInput();
  };
  const shortcuts = (afterwards: () => void): ReactElement => (
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
  );

  return (
    <DropZone onFiles={attach}>
      <ChatHeader
        account={account}
        offline={config.offline}
        shortcuts={shortcuts}
        session={session}
        onNewChat={onNewChat}
      />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label="Shortcuts"
          className="hidden w-60 shrink-0 overflow-y-auto border-r border-line px-3 py-5 lg:block"
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
