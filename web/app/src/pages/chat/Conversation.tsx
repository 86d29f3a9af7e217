import { type ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import type { Account } from '../../session/account.ts';
import { PendingAnswer } from './PendingAnswer.tsx';
import { EmptyChat } from './EmptyChat.tsx';
import { MessageView } from './MessageView.tsx';
import type { ChatSession } from './chatSession.ts';
import { type ChatState, isBusy, lastAsk, openQuestion } from './chatState.ts';
import type { Message } from './conversation.ts';
import type { Starter } from './starters.ts';
import { useStickToEnd } from './useStickToEnd.ts';

type ConversationProps = {
  readonly account: Account;
  readonly state: ChatState;
  readonly session: ChatSession;
  readonly onStart: (starter: Starter) => void;
  readonly focusInput: () => void;
};

/** All messages and the pending answer. Only finished messages are in the log, so each is announced once. */
export function Conversation({
  account,
  state,
  session,
  onStart,
  focusInput,
}: ConversationProps): ReactElement {
  const { messages, phase } = state;
  const { scroller, content, isAtEnd, onScroll, toEnd } = useStickToEnd(messages, phase);
  const revealing = phase.name === 'revealing' ? phase.messageId : null;
  const finished = messages.filter((message) => message.id !== revealing);
  const question = openQuestion(state);
  const editable = isBusy(state) || lastAsk(state) === null ? null : lastOfUser(messages);
  const isEmpty = messages.length === 0 && phase.name === 'idle';

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        className="h-full overflow-y-auto overscroll-contain -outline-offset-2"
      >
        <div ref={content} className={`mx-auto max-w-reading px-4 sm:px-6 ${isEmpty ? 'h-full' : 'py-6'}`}>
          {isEmpty && <EmptyChat firstName={account.firstName} onStart={onStart} />}
          <div role="log" aria-label="Messages" aria-relevant="additions" className="space-y-6 empty:hidden">
            {finished.map((message, index) => (
              <MessageView
                key={message.id}
                message={message}
                isOpen={question?.id === message.id}
                canRetry={index === finished.length - 1 && !isBusy(state)}
                canEdit={message.id === editable}
                canCheckAgain={phase.name === 'timedOut' && phase.shownIds.at(-1) === message.id}
                session={session}
                focusInput={focusInput}
              />
            ))}
          </div>
          <PendingAnswer state={state} />
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          onClick={toEnd}
          className="absolute bottom-3 left-1/2 inline-flex -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-surface px-3 py-1.5 text-sm font-medium shadow-float hover:bg-sunken"
        >
          <Icon name="arrowDown" className="size-4" /> Jump to latest
        </button>
      )}
    </div>
  );
}

function lastOfUser(messages: readonly Message[]): string | null {
  return messages.findLast((message) => message.kind === 'user')?.id ?? null;
}
