import { Dialog } from 'radix-ui';
import { type ReactElement, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { dialogContent, dialogOverlay } from '../../components/ConfirmDialog.tsx';
import { QrCode } from './QrCode.tsx';

type ShareDialogProps = { readonly moduleId: string; readonly title: string; readonly narrow?: boolean };

/** The link to a module, as text and as a QR code. */
export function ShareDialog({ moduleId, title, narrow = false }: ShareDialogProps): ReactElement {
  const link = `${location.origin}/share/${moduleId}`;
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard
      ?.writeText(link)
      .then(() => setCopied(true))
      .catch(() => {
        // The link can still be copied by hand.
      });
  };
  return (
    <Dialog.Root onOpenChange={() => setCopied(false)}>
      <Dialog.Trigger className={buttonClasses('outline', narrow ? 'px-2.5!' : '')}>
        {!narrow && <Icon name="share" className="size-4" />} Share<span className="sr-only"> {title}</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={dialogOverlay} />
        <Dialog.Content aria-describedby={undefined} className={dialogContent}>
          <div className="flex items-start gap-3">
            <Dialog.Title className="flex-1 text-xl font-bold tracking-tight">Share Training</Dialog.Title>
            {/* Without a tooltip, which would take the first Escape for itself. */}
            <Dialog.Close
              aria-label="Close"
              className="-mt-1.5 -mr-2 grid size-10 place-items-center rounded-control text-muted hover:bg-sunken hover:text-ink"
            >
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <p className="mt-1 text-sm text-muted">
            Whoever has this link can watch the module, without an account.
          </p>
          <div className="mt-4 grid place-items-center rounded-control bg-white p-4">
            <QrCode text={link} label={`QR code of the link to ${title}`} />
          </div>
          <label className="mt-4 block text-sm font-semibold">
            Link
            <input
              readOnly
              value={link}
              onFocus={(event) => event.target.select()}
              className="mt-1 block w-full rounded-control border border-line-strong bg-sunken px-3 py-2 font-mono text-xs font-normal"
            />
          </label>
          <Button look="primary" className="mt-4 w-full" onClick={copy}>
            {copied ? 'Copied' : 'Copy link'}
          </Button>
          <p role="status" className="sr-only">
            {copied && 'The link is in the clipboard'}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
