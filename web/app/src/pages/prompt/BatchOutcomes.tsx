import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { PromptOutcome } from './PromptOutcome.tsx';
import type { Overview } from './promptApi.ts';
import type { BatchState } from './promptBatch.ts';
import type { LibraryEntry } from './promptLibraryApi.ts';
import type { PromptSession } from './promptSession.ts';
import { usePromptSession } from './usePrompts.ts';

type BatchOutcomesProps = Pick<BatchItemProps, 'overview' | 'library' | 'onSaved'> & {
  readonly state: BatchState;
};

/** The results of a batch. */
export function BatchOutcomes({ state, ...rest }: BatchOutcomesProps): ReactElement {
  const { sessions, problem } = state;
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
