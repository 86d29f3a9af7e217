import { type ReactElement, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';

type ThumbnailProps = { readonly name: string; readonly address: string; readonly className: string };

/** A small image. Its name replaces it when it cannot be loaded. */
export function Thumbnail({ name, address, className }: ThumbnailProps): ReactElement {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken || address === '') {
    return (
      <span
        title={name}
        className={`grid place-items-center overflow-hidden rounded-control border border-line bg-sunken p-1 text-center text-xs text-muted ${className}`}
      >
        <Icon name="image" />
        <span className="w-full truncate">{name}</span>
      </span>
    );
  }
  return (
    <img
      src={address}
      alt={name}
      onError={() => setIsBroken(true)}
      className={`rounded-control border border-line bg-sunken object-cover ${className}`}
    />
  );
}
