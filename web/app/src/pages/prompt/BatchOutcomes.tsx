import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { PromptOutcome } from './PromptOutcome.tsx';
import type { Overview } from './promptApi.ts';
import type { BatchState } from './promptBatch.ts';
import type { LibraryEntry } from './promptLibraryApi.ts';
import type { PromptSession } from './promptSession.ts';
import { usePromptSession } from './usePrompts.ts';

type BatchOutcomesProps = Pick<BatchItemProps, 'overview' | 'library' | 'onSaved'> & {
  readonly state: BatchState;
  readonly onRemakeAll: () => void;
};

/** The results of a batch. */
export function BatchOutcomes({ state, onRemakeAll, ...rest }: BatchOutcomesProps): ReactElement {
  const { sessions, problem, withoutAi } = state;
  return (
    <>
      {problem !== null && (
        <p
          role="alert"
          className="mt-6 flex items-center gap-2 rounded-card bg-bad-soft p-4 text-sm text-bad"
        >
          <Icon name="warning" /> {problem}
        </p>
      )}
      {withoutAi > 1 && !rest.overview.offline && (
        <p className="mt-6 flex flex-wrap items-center justify-between gap-2 rounded-card bg-notice-soft px-4 py-3 text-sm text-notice">
          {withoutAi} prompts were made without the AI.
          <Button size="small" onClick={onRemakeAll}>
            Make them again with the AI
          </Button>
        </p>
      )}
      <ol aria-label="Prompts" className="mt-8 grid gap-8">
        {sessions.map((session, at) => (
          <BatchItem key={at} at={at} session={session} {...rest} />
        ))}
      </ol>
    </>
  );
}

type BatchItemProps = {
  readonly at: number;
  readonly session: PromptSession;
  readonly overview: Overview;
  readonly library: readonly LibraryEntry[];
  readonly onSaved: () => void;
};

function BatchItem({ at, session, overview, library, onSaved }: BatchItemProps): ReactElement {
  const { notes, state } = usePromptSession(session, overview);
  return (
    <li className="border-t border-line pt-4">
      <p className="truncate text-sm text-muted">
        {at + 1}. {notes.split('\n', 1)[0]}
      </p>
      <div className="-mt-4">
        <PromptOutcome
          state={state}
          overview={overview}
          session={session}
          notes={notes}
          library={library}
          onSaved={onSaved}
        />
      </div>
    </li>
  );
}
