import { AlertDialog } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** The classes of every dialog's overlay and content. */
export const dialogOverlay = 'fixed inset-0 z-40 bg-black/50';
export const dialogContent =
  'fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(28rem,calc(100vw-2rem))] -translate-1/2 overflow-auto rounded-card border border-line bg-surface p-6 shadow-float';

type ConfirmDialogProps = {
  /** The button that opens the dialog; without one, `isOpen` does. */
  readonly trigger?: ReactElement;
  readonly isOpen?: boolean;
  /** Called on Escape; without it, Escape is ignored where there is no trigger. */
  readonly onCancel?: () => void;
  readonly title: string;
  readonly text: ReactNode;
  /** The buttons. Those in `AlertDialog.Cancel` and `AlertDialog.Action` close the dialog. */
  readonly children: ReactNode;
};

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { trigger, isOpen, onCancel, title, text, children } = props;
  const onEscape = (event: KeyboardEvent): void => {
    if (trigger === undefined && onCancel === undefined) event.preventDefault();
  };
  return (
    <AlertDialog.Root
      {...(isOpen !== undefined && { open: isOpen })}
      onOpenChange={(open) => !open && onCancel?.()}
    >
      {trigger !== undefined && <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialogOverlay} />
        <AlertDialog.Content className={dialogContent} onEscapeKeyDown={onEscape}>
          <AlertDialog.Title className="text-xl font-bold tracking-tight">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-muted wrap-anywhere">{text}</AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-2">{children}</div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
