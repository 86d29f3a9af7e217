import { Dialog } from 'radix-ui';
import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { buttonClasses } from '../../components/Button.tsx';
import { dialogContent, dialogOverlay } from '../../components/ConfirmDialog.tsx';
import { ShareLinks } from './ShareLinks.tsx';

type ShareDialogProps = { readonly moduleId: string; readonly title: string; readonly narrow?: boolean };

/** Makes links to a module, and ends them. */
export function ShareDialog({ moduleId, title, narrow = false }: ShareDialogProps): ReactElement {
  return (
    <Dialog.Root>
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
            Whoever has a link can watch the module, without an account, until you end it.
          </p>
          <ShareLinks moduleId={moduleId} title={title} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
