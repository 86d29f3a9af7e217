import type { ReactElement } from 'react';
import { FailedPage, LoadingPage } from '../../components/PageStates.tsx';
import { useAccount } from '../../session/useAccount.ts';
import { useLoginFirst } from '../../session/useLoginFirst.ts';
import { PromptRoom } from './PromptRoom.tsx';
import { useOverview } from './useOverview.ts';

/** Prompt generation, for whoever is logged in. */
export function PromptPage(): ReactElement {
  const { state, retry } = useAccount();
  const { state: known, refresh } = useOverview(state.name === 'in');
  useLoginFirst(state);
  if (state.name === 'unknown' || known.name === 'unknown') {
    return (
      <FailedPage
        title="The server cannot be reached"
        advice="Check your connection. A prompt you asked for before is still being worked on."
        onRetry={state.name === 'unknown' ? retry : refresh}
      />
    );
  }
  if (state.name !== 'in' || known.name !== 'known') return <LoadingPage />;
  return (
    <PromptRoom
      key={state.account.id}
      account={state.account}
      overview={known.overview}
      saved={known.saved}
      refresh={refresh}
    />
  );
}
