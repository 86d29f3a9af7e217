import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import type { SyncState } from './conversationSync.ts';

/** Says that the server does not have everything yet. */
export function SyncNote({ sync }: { readonly sync: SyncState }): ReactElement {
  return (
    <div role="status" className="mx-auto w-full max-w-reading px-3 sm:px-6">
      {sync.name !== 'saved' && (
        <p className="mb-2 flex items-center gap-2 rounded-control bg-notice-soft px-3 py-2 text-sm text-notice">
          <Icon name="warning" className="size-4.5" />
          {sync.name === 'refused'
            ? `This chat is no longer saved: ${sync.reason}`
            : 'Saved on this device only. The server is tried again.'}
        </p>
      )}
    </div>
  );
}
