import { isTerminal } from '@handoff/client';
import { type CSSProperties, type ReactElement, useState } from 'react';
import { type ProgressWords, englishWords, wordsFor } from './progressWords.ts';
import { useThrottled } from './useThrottled.ts';
import { useOnline } from './useOnline.ts';
import { useTask } from './useTask.ts';

export type TaskProgressProps = {
  /** The task; nothing is shown for null. */
  readonly id: string | null;
  /** The accessible name of the progress bar, such as `Summary`. */
  readonly label: string;
  /** Whether the chunks are shown as they arrive; default false. */
  readonly showText?: boolean;
  /** Whether a button retries a failed task; default false. The account needs the right to retry. */
  readonly canRetry?: boolean;
  readonly words?: Partial<ProgressWords>;
  readonly className?: string;
};

const hidden: CSSProperties = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
};

/** Milliseconds between two announcements of a screen reader. */
const spokenEvery = 1_000;

/**
 * Shows the progress of a task, with a button to cancel it. `@handoff/react/progress.css` has the styles; or style
 * the same class names by `data-status` and `data-connection`.
 */
export function TaskProgress(props: TaskProgressProps): ReactElement | null {
  return props.id === null ? null : <Progress key={props.id} {...props} />;
}

function Progress({ id, label, showText, canRetry, words, className }: TaskProgressProps): ReactElement {
  const { task, status, connection, cancel, retry } = useTask(id);
  const isOnline = useOnline();
  const { send, isSending, requestFailed } = useRequest();
  const said = { ...englishWords, ...words };

  const isOpen = task !== null && !isTerminal(task.state) && status !== 'refused';
  const isCut = isOpen && connection === 'interrupted';
  const message = wordsFor(status, task, said);
  const line = isOpen && !isOnline ? said.offline : isCut ? said.interrupted : message;
  const spoken = useThrottled(requestFailed ? said.requestFailed : line, spokenEvery);
  const percent = status === 'completed' ? 100 : (task?.progress.percent ?? 0);
  const isKnown = status === 'completed' || (status === 'processing' && percent > 0);

  return (
    <div
      className={className === undefined ? 'handoff-progress' : `handoff-progress ${className}`}
      data-status={status}
      data-connection={isOnline ? connection : 'offline'}
    >
      <div
        className="handoff-progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={isKnown ? percent : undefined}
        aria-valuetext={isKnown ? `${percent} %, ${message}` : message}
        data-indeterminate={isOpen && !isKnown ? '' : undefined}
      >
        <div className="handoff-progress-fill" style={{ inlineSize: `${percent}%` }} />
      </div>
      <div className="handoff-progress-line">
        <span className="handoff-progress-message" aria-hidden="true">
          {requestFailed ? said.requestFailed : line}
        </span>
        <span role="status" aria-live="polite" style={hidden}>
          {spoken}
        </span>
        {isOpen && (
          <button
            type="button"
            className="handoff-progress-cancel"
            disabled={isSending}
            onClick={() => send(cancel)}
          >
            {said.cancel}
          </button>
        )}
        {canRetry && status === 'failed' && (
          <button
            type="button"
            className="handoff-progress-retry"
            disabled={isSending}
            onClick={() => send(retry)}
          >
            {said.retry}
          </button>
        )}
      </div>
      {showText && task !== null && task.text !== '' && (
        <div className="handoff-progress-text">{task.text}</div>
      )}
    </div>
  );
}

type UsedRequest = {
  readonly send: (ask: () => Promise<void>) => void;
  readonly isSending: boolean;
  readonly requestFailed: boolean;
};

/** One request at a time, and whether the last one failed. */
function useRequest(): UsedRequest {
  const [state, setState] = useState({ isSending: false, requestFailed: false });
  const send = (ask: () => Promise<void>): void => {
    setState({ isSending: true, requestFailed: false });
    ask().then(
      () => setState({ isSending: false, requestFailed: false }),
      () => setState({ isSending: false, requestFailed: true }),
    );
  };
  return { ...state, send };
}
