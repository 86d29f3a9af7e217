import { type ReactElement, memo } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Markdown } from '../../markdown/Markdown.tsx';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { BuddyBubble, OfflineNote } from './Bubble.tsx';
import { QuestionCard } from './QuestionCard.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import { Verdict } from './Verdict.tsx';
import type { ChatSession } from './chatSession.ts';
import {
  type Message,
  type NoticeMessage,
  type UserMessage,
  continuation,
  isCutOff,
} from './conversation.ts';

type MessageViewProps = {
  readonly message: Message;
  /** Whether this is the practice question that waits for its answer. */
  readonly isOpen: boolean;
  readonly canRetry: boolean;
  /** Whether this is the last message of the person, which can be changed and sent again. */
  readonly canEdit: boolean;
  readonly canCheckAgain: boolean;
  readonly session: ChatSession;
  readonly focusInput: () => void;
};

/** One entry of the conversation; memoised, because a streaming answer below it renders many times a second. */
export const MessageView = memo(function MessageView(props: MessageViewProps): ReactElement {
  const { message, isOpen, canRetry, session, focusInput } = props;
  switch (message.kind) {
    case 'user':
      return <FromUser {...props} message={message} />;
    case 'answer':
      return (
        <article aria-label="SAT Buddy">
          <BuddyBubble>
            <Markdown text={message.text} />
            {message.byAi === false && <OfflineNote />}
            <div className="mt-1 -ml-2 flex flex-wrap items-center">
              <CopyButton label="Copy the answer" text={() => message.text} />
              {canRetry && (
                <IconButton
                  icon="refresh"
                  label="Answer again"
                  onClick={() => {
                    session.askAnew();
                    focusInput();
                  }}
                />
              )}
              {canRetry && isCutOff(message) && <ContinueButton session={session} focusInput={focusInput} />}
            </div>
          </BuddyBubble>
        </article>
      );
    case 'question':
      return (
        <QuestionCard
          message={message}
          isOpen={isOpen}
          onChoose={(letter) => {
            session.dispatch({ type: 'optionChosen', questionId: message.id, letter });
            focusInput();
          }}
          onSkip={() => {
            session.dispatch({ type: 'questionSkipped', questionId: message.id });
            focusInput();
          }}
        />
      );
    case 'verdict':
      return <Verdict message={message} />;
    case 'notice':
      return <Notice {...props} message={message} />;
  }
});

function FromUser(props: MessageViewProps & { readonly message: UserMessage }): ReactElement {
  const { message, canEdit, session, focusInput } = props;
  return (
    <article aria-label="You" className="flex animate-arrive flex-col items-end gap-2 pl-8 sm:pl-16">
      {message.images.length > 0 && (
        <ul aria-label="Images" className="flex flex-wrap justify-end gap-2">
          {message.images.map((image) => (
            <li key={image.id}>
              <Thumbnail name={image.name} address={image.preview ?? image.url} className="size-24" />
            </li>
          ))}
        </ul>
      )}
      <p
        dir="auto"
        className="max-w-full rounded-card rounded-br-sm bg-accent-soft px-4 py-2.5 wrap-anywhere whitespace-pre-wrap"
      >
        {message.text}
      </p>
      {canEdit && (
        <IconButton
          icon="pencil"
          label="Edit and send again"
          className="-my-1"
          onClick={() => {
            session.dispatch({ type: 'lastEdited' });
            focusInput();
          }}
        />
      )}
    </article>
  );
}

function ContinueButton({
  session,
  focusInput,
}: Pick<MessageViewProps, 'session' | 'focusInput'>): ReactElement {
  return (
    <Button
      onClick={() => {
        session.ask(continuation);
        focusInput();
      }}
    >
      <Icon name="arrowDown" className="size-4" /> Continue
    </Button>
  );
}

function Notice(props: MessageViewProps & { readonly message: NoticeMessage }): ReactElement {
  const { message, canRetry, canCheckAgain, session, focusInput } = props;
  const isProblem = message.tone === 'problem';
  return (
    <article aria-label="SAT Buddy" className="animate-arrive">
      <BuddyBubble>
        <div
          className={`inline-flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card rounded-tl-sm px-4 py-2.5 ${isProblem ? 'bg-bad-soft text-bad' : 'bg-sunken text-muted'}`}
        >
          <p className="wrap-anywhere">{message.text}</p>
          {canCheckAgain && (
            <Button
              onClick={() => {
                session.dispatch({ type: 'checkedAgain' });
                focusInput();
              }}
            >
              <Icon name="refresh" className="size-4" /> Check again
            </Button>
          )}
          {canRetry && message.continues && <ContinueButton session={session} focusInput={focusInput} />}
          {canRetry && message.retry !== null && (
            <Button
              onClick={() => {
                session.askAgain(message.id);
                focusInput();
              }}
            >
              <Icon name="refresh" className="size-4" /> Try again
            </Button>
          )}
        </div>
      </BuddyBubble>
    </article>
  );
}
