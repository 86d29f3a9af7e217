import { type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { QrCode } from './QrCode.tsx';

type NewLinkProps = { readonly link: string; readonly title: string };

/** A link as text and as a QR code, while it can still be read. */
export function NewLink({ link, title }: NewLinkProps): ReactElement {
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === link;
  const copy = (): void => {
    void navigator.clipboard
      ?.writeText(link)
      .then(() => setCopied(link))
      .catch(() => {
        // The link can still be copied by hand.
      });
  };
  return (
    <>
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
      <p className="mt-2 text-sm text-muted">The link is shown only now.</p>
      <Button look="primary" className="mt-4 w-full" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy link'}
      </Button>
      <p role="status" className="sr-only">
        {isCopied && 'The link is in the clipboard'}
      </p>
    </>
  );
}
