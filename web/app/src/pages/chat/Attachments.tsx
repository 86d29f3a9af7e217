import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Dots } from '../../components/PageStates.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import type { Attachment } from './chatState.ts';

type AttachmentsProps = {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (key: string) => void;
};

export function Attachments({ attachments, onRemove }: AttachmentsProps): ReactElement | null {
  if (attachments.length === 0) return null;
  return (
    <ul aria-label="Attached images" className="flex flex-wrap gap-2.5 p-2">
      {attachments.map(({ key, name, preview, uploaded }) => (
        <li key={key} className="relative">
          <Thumbnail
            name={name}
            address={preview ?? uploaded?.url ?? ''}
            className={`size-16 ${uploaded === null ? 'opacity-45' : ''}`}
          />
          {uploaded === null && (
            <span className="absolute inset-0 grid place-items-center">
              <Dots />
              <span className="sr-only">Uploading {name}</span>
            </span>
          )}
          <button
            type="button"
            aria-label={`Remove ${name}`}
            onClick={() => onRemove(key)}
            className="absolute -top-2 -right-2 grid size-6 place-items-center rounded-full bg-ink text-canvas shadow-card hover:bg-bad"
          >
            <Icon name="close" className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  );
}
