import type { KeyboardEvent, ReactElement, RefObject, SubmitEvent, ClipboardEvent } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Attachments } from './Attachments.tsx';
import { QuestionHint } from './QuestionHint.tsx';
import type { ChatConfig } from './chatConfig.ts';
import type { ChatSession } from './chatSession.ts';
import { type ChatState, isBusy } from './chatState.ts';

type ComposerProps = {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly chooser: RefObject<HTMLInputElement | null>;
  readonly state: ChatState;
  readonly session: ChatSession;
  readonly config: ChatConfig;
  readonly attach: (files: readonly File[]) => void;
};

/** The input for the next message. */
export function Composer({ ref, chooser, state, session, config, attach }: ComposerProps): ReactElement {
  const { draft, mode, attachments, complaint, phase } = state;
  const isPractising = mode === 'question';
  const isUploading = attachments.some((attachment) => attachment.uploaded === null);
  const isTooLong = draft.trim().length > config.messageLimit;
  const canSend = !isBusy(state) && draft.trim() !== '' && !isTooLong && !(isUploading && !isPractising);

  const send = (): void => {
    if (canSend) session.send();
    ref.current?.focus();
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // In an input method, Enter confirms a word and does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const images = [...event.clipboardData.files];
    if (images.length === 0) return;
    event.preventDefault();
    attach(images);
  };
  const onPractise = (): void => {
    session.dispatch({ type: 'modeChosen', mode: isPractising ? 'chat' : 'question' });
    ref.current?.focus();
  };

  return (
    <form
      onSubmit={onSubmit}
      aria-label="Message"
      className="mx-auto w-full max-w-reading px-3 pb-3 sm:px-6 sm:pb-5"
    >
      {isPractising && <QuestionHint difficulty={state.difficulty} session={session} />}
      <div role="alert">
        {complaint !== null && (
          <p className="mb-2 flex items-center gap-2 rounded-control bg-bad-soft px-3 py-2 text-sm text-bad">
            <Icon name="warning" className="size-4.5" /> {complaint}
          </p>
        )}
      </div>
      <div
        className={`rounded-composer border bg-surface p-1.5 shadow-card focus-within:border-accent focus-within:ring-1 focus-within:ring-accent ${isPractising ? 'border-accent' : 'border-line-strong'}`}
      >
        <Attachments
          attachments={attachments}
          onRemove={(key) => {
            session.dispatch({ type: 'imageRemoved', key });
            session.dispatch({ type: 'inputCorrected' });
            ref.current?.focus();
          }}
        />
        <textarea
          ref={ref}
          rows={1}
          value={draft}
          aria-label="Message"
          aria-invalid={complaint !== null || isTooLong}
          placeholder={
            isPractising
              ? 'Question Generation Mode: Describe the topic you want to practice...'
              : 'Send a message...'
          }
          onChange={(event) => session.dispatch({ type: 'draftChanged', text: event.target.value })}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="block field-sizing-content max-h-48 min-h-11 w-full resize-none bg-transparent px-3 py-2.5 outline-none placeholder:text-muted"
        />
        <div className="flex items-center gap-1">
          <IconButton icon="paperclip" label="Attach images" onClick={() => chooser.current?.click()} />
          <IconButton
            icon="quiz"
            label="Generate question"
            spelled
            aria-pressed={isPractising}
            onClick={onPractise}
          />
          <Remaining length={draft.trim().length} limit={config.messageLimit} />
          {isUploading && <span className="text-sm text-muted">Uploading…</span>}
          {phase.name === 'waiting' ? (
            <IconButton
              icon="stop"
              label="Stop"
              look="primary"
              className="ml-auto"
              disabled={phase.stopping}
              onClick={() => {
                void session.stop();
                ref.current?.focus();
              }}
            />
          ) : (
            <IconButton
              type="submit"
              icon="arrowUp"
              label="Send message"
              look="primary"
              className="ml-auto"
              disabled={!canSend}
            />
          )}
        </div>
      </div>
    </form>
  );
}

/** The number of characters left, once they are few. */
function Remaining({
  length,
  limit,
}: {
  readonly length: number;
  readonly limit: number;
}): ReactElement | null {
  if (length < limit * 0.9) return null;
  const words =
    length > limit ? `${length - limit} characters too many` : `${limit - length} characters left`;
  return (
    <span
      role="status"
      className={`px-1 text-sm ${length > limit ? 'font-semibold text-bad' : 'text-muted'}`}
    >
      {words}
    </span>
  );
}
