import type { ReactElement } from 'react';
import { LoadingPage } from '../../components/PageStates.tsx';
import { Members } from '../../components/SystemPage.tsx';
import type { Account } from '../../session/account.ts';
import { useLoad } from '../../state/useLoad.ts';
import { ChatScreen } from './ChatScreen.tsx';
import { type ChatConfig, defaultConfig } from './chatConfig.ts';
import { satBuddyServer } from './satBuddyServer.ts';

/** SAT Buddy. */
export function ChatPage(): ReactElement {
  return (
    <Members kept="A question you asked before is still being worked on.">
      {(account) => <LoadedChat key={account.id} account={account} />}
    </Members>
  );
}

/** The server's limits, or those of the specification when it does not tell them. */
function readConfig(signal: AbortSignal): Promise<ChatConfig> {
  return satBuddyServer.readConfig(signal).catch(() => defaultConfig);
}

function LoadedChat({ account }: { readonly account: Account }): ReactElement {
  const { load } = useLoad(readConfig);
  return load.name === 'loaded' ? <ChatScreen account={account} config={load.value} /> : <LoadingPage />;
}
