import { type ReactElement, useCallback } from 'react';
import { FailedPage, LoadingPage } from '../../components/PageStates.tsx';
import { Members } from '../../components/SystemPage.tsx';
import type { Account } from '../../session/account.ts';
import { useLoad } from '../../state/useLoad.ts';
import { PromptScreen } from './PromptScreen.tsx';
import type { Overview } from './promptApi.ts';
import { type LibraryEntry, promptLibrary } from './promptLibraryApi.ts';
import { promptServer } from './promptServer.ts';

const kept = 'A prompt you asked for before is still being worked on.';

/** Prompt generation. */
export function PromptPage(): ReactElement {
  return <Members kept={kept}>{(account) => <LoadedPrompts key={account.id} account={account} />}</Members>;
}

type Loaded = { readonly overview: Overview; readonly library: readonly LibraryEntry[] };

async function read(signal: AbortSignal): Promise<Loaded> {
  const [overview, library] = await Promise.all([
    promptServer.readOverview(signal),
    promptLibrary.list(signal),
  ]);
  return { overview, library };
}

function LoadedPrompts({ account }: { readonly account: Account }): ReactElement {
  const { load, reload } = useLoad(read);
  const refresh = useCallback(() => void reload(), [reload]);
  if (load.name === 'loading') return <LoadingPage />;
  if (load.name === 'failed') {
    return (
      <FailedPage
        title="The server cannot be reached"
        advice={`Check your connection. ${kept}`}
        onRetry={refresh}
      />
    );
  }
  return <PromptScreen account={account} {...load.value} refresh={refresh} />;
}
