import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { FailedPage, LoadingPage } from '../../components/PageStates.tsx';
import { Members } from '../../components/SystemPage.tsx';
import type { Account } from '../../session/account.ts';
import { useLoad } from '../../state/useLoad.ts';
import { ChatScreen } from './ChatScreen.tsx';
import { type ChatConfig, defaultConfig } from './chatConfig.ts';
import { addressOf, conversationInAddress, newConversationId } from './conversationId.ts';
import { type Conversations, useConversations } from './useConversations.ts';
import { conversationsServer, satBuddyServer } from './satBuddyServer.ts';

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
  return load.name === 'loaded' ? <Chats account={account} config={load.value} /> : <LoadingPage />;
}

type ChatsProps = { readonly account: Account; readonly config: ChatConfig };

/** The conversation that the address names, or a new one. */
function Chats(props: ChatsProps): ReactElement {
  const [open, setOpen] = useState(inAddress);
  const conversations = useConversations(conversationsServer);
  useEffect(() => {
    const onBack = (): void => setOpen(inAddress());
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  const onOpen = (id: string | null): void => {
    history.pushState(null, '', addressOf(id));
    setOpen(inAddress());
  };
  const screen = { ...props, conversations, onOpen };
  return open.isNew ? (
    <ChatScreen key={open.id} {...screen} conversation={{ id: open.id, whole: null }} />
  ) : (
    <KeptChat key={open.id} {...screen} id={open.id} />
  );
}

function inAddress(): { readonly id: string; readonly isNew: boolean } {
  const id = conversationInAddress();
  return { id: id ?? newConversationId(), isNew: id === null };
}

type KeptChatProps = ChatsProps & {
  readonly id: string;
  readonly conversations: Conversations;
  readonly onOpen: (id: string | null) => void;
};

function KeptChat({ id, ...screen }: KeptChatProps): ReactElement {
  const read = useCallback((signal: AbortSignal) => conversationsServer.read(id, signal), [id]);
  const { load, reload } = useLoad(read);
  switch (load.name) {
    case 'loading':
      return <LoadingPage />;
    case 'failed':
      return (
        <FailedPage
          title="This chat could not be read"
          advice="Check your connection. Nothing that you wrote is lost."
          onRetry={() => void reload()}
        />
      );
    case 'loaded':
      return <ChatScreen {...screen} conversation={{ id, whole: load.value }} />;
  }
}
