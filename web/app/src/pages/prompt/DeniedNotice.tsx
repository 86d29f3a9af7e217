import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Offer, offerFor } from './Offer.tsx';
import type { DeniedReason } from './denied.ts';
import type { Overview } from './promptApi.ts';

type DeniedNoticeProps = { readonly reason: DeniedReason; readonly overview: Overview };

/** Says beforehand why no prompt can be generated, and what helps. */
export function DeniedNotice({ reason, overview }: DeniedNoticeProps): ReactElement {
  const offer = offerFor(reason.code, overview);
  return (
    <div
      id="denied"
      role="note"
      className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-notice-soft px-4 py-3 text-sm text-notice"
    >
      <p className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Icon name="warning" className="mt-0.5 size-4 shrink-0" />
        {reason.words}
      </p>
      {offer !== null && offer.url !== '' && <Offer {...offer} />}
      {offer?.url === '' && <p>Please ask whoever runs this server.</p>}
    </div>
  );
}
