import type { ReactElement } from 'react';
import { FailedPage, LoadingPage } from '../../components/PageStates.tsx';
import { useAccount } from '../../session/useAccount.ts';
import { ChatRoom } from './ChatRoom.tsx';
import { useChatConfig } from './useChatConfig.ts';
import { useLoginFirst } from '../../session/useLoginFirst.ts';

/** SAT Buddy, for whoever is logged in. */
export function ChatPage(): ReactElement {
  const { state, retry } = useAccount();
  const config = useChatConfig(state.name === 'in');
  useLoginFirst(state);
  if (state.name === 'unknown') {
    return (
      <FailedPage
        title="The server cannot be reached"
        advice="Check your connection. A question you asked before is still being worked on."
        onRetry={retry}
      />
    );
  }
  if (state.name !== 'in' || config === null) return <LoadingPage />;
  return <ChatRoom key={state.account.id} account={state.account} config={config} />;
}
