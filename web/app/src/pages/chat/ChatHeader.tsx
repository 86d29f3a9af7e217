import { Dialog } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Robot } from '../../icons/Robot.tsx';
import { AccountMenu } from '../../components/AccountMenu.tsx';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import type { Account } from '../../session/account.ts';

type ChatHeaderProps = {
  readonly account: Account;
  readonly offline: boolean;
  /** Renders the shortcuts; `afterwards` is called after one was chosen. */
  readonly shortcuts: (afterwards: () => void) => ReactNode;
  readonly beforeForgetting: () => void;
  readonly onNewChat: () => void;
};

/** The page's name, and the actions on the whole conversation. */
export function ChatHeader({
  account,
  offline,
  shortcuts,
  beforeForgetting,
  onNewChat,
}: ChatHeaderProps): ReactElement {
  return (
    <header className="border-b border-line bg-surface">
      <div className="flex items-center gap-2 px-3 py-2 sm:gap-3 sm:px-4">
        <ShortcutsSheet shortcuts={shortcuts} />
        <Robot className="size-9 shrink-0 sm:size-10" />
        <div className="min-w-0 flex-1">
          <h1 tabIndex={-1} className="text-lg leading-tight font-bold tracking-tight outline-none">
            SAT Buddy
          </h1>
          <p className="text-sm leading-snug text-muted max-sm:sr-only">
            Your AI study companion for SAT success - Ask questions, upload images, generate practice problems
          </p>
        </div>
        <Button look="outline" className="max-sm:hidden" onClick={onNewChat}>
          <Icon name="plus" className="size-4" /> New chat
        </Button>
        <IconButton icon="plus" label="New chat" className="sm:hidden" onClick={onNewChat} />
        <AccountMenu account={account} beforeForgetting={beforeForgetting} />
      </div>
      {offline && (
        <p className="border-t border-line bg-notice-soft px-4 py-1.5 text-center text-sm text-notice">
          Offline mode: answers come without an AI model
        </p>
      )}
    </header>
  );
}

/** The shortcuts on screens too narrow for a sidebar; choosing one closes it. */
function ShortcutsSheet({ shortcuts }: Pick<ChatHeaderProps, 'shortcuts'>): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <IconButton icon="menu" label="Chats and shortcuts" className="lg:hidden" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] overflow-y-auto bg-surface p-4 shadow-float"
        >
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="font-bold">Chats and shortcuts</Dialog.Title>
            <Dialog.Close asChild>
              <button
                type="button"
                aria-label="Close"
                className="rounded-control p-2 text-muted hover:bg-sunken hover:text-ink"
              >
                <Icon name="close" />
              </button>
            </Dialog.Close>
          </div>
          {shortcuts(() => setIsOpen(false))}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
