import { type ReactElement, useState } from 'react';
import { Button, buttonClasses } from '../../components/Button.tsx';
import type { Overview } from './promptApi.ts';

type OfferProps = { readonly label: string; readonly url: string };

/** What helps against a refusal with this code; null where nothing can be bought. */
export function offerFor(code: string | null, { purchaseUrl, upgradeUrl }: Overview): OfferProps | null {
  switch (code) {
    case 'no_tokens_remaining':
    case 'insufficient_tokens':
      return { label: 'Purchase More Tokens', url: purchaseUrl };
    case 'no_subscription':
    case 'subscription_deactivated':
    case 'subscription_expired':
      return { label: 'Upgrade Subscription', url: upgradeUrl };
    default:
      return null;
  }
}

/** A link to the shop, or a button that says that there is none. */
export function Offer({ label, url }: OfferProps): ReactElement {
  const [isAsked, setIsAsked] = useState(false);
  if (url !== '') {
    return (
      <a href={url} className={buttonClasses('primary')}>
        {label}
      </a>
    );
  }
  return (
    <>
      <Button look="primary" onClick={() => setIsAsked(true)}>
        {label}
      </Button>
      {isAsked && (
        <p role="status" className="mt-2 w-full text-sm">
          This server has no shop. Please ask whoever runs it.
        </p>
      )}
    </>
  );
}
