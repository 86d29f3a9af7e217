import { type ReactElement, type Ref, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { onlySound, playFailure } from './playFailure.ts';

type PlayerProps = {
  readonly ref: Ref<HTMLVideoElement>;
  readonly src: string;
  readonly poster: string | undefined;
  readonly title: string;
  /** The address of what is said; null where that is not known. */
  readonly captions: string | null;
  readonly onSecond: (second: number) => void;
};

/** The video, loaded in ranges while it plays, and why it does not where it does not. */
export function Player(props: PlayerProps): ReactElement {
  const { ref, src, poster, title, captions, onSecond } = props;
  const [failure, setFailure] = useState('');
  const explain = (): void => void playFailure(src).then(setFailure);
  return (
    <>
      {/* The steps beside the video describe it. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={ref}
        src={src}
        poster={poster}
        aria-label={`Video: ${title}`}
        controls
        playsInline
        preload="metadata"
        className="aspect-video w-full rounded-card bg-black"
        onLoadedMetadata={(event) => setFailure(event.currentTarget.videoWidth === 0 ? onlySound : '')}
        onError={explain}
        onTimeUpdate={(event) => onSecond(event.currentTarget.currentTime)}
        onSeeked={(event) => onSecond(event.currentTarget.currentTime)}
      >
        {captions !== null && <track kind="captions" src={captions} label="Captions" />}
      </video>
      {failure !== '' && (
        <p role="alert" className="mt-3 flex gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad">
          <Icon name="warning" /> {failure}
        </p>
      )}
    </>
  );
}
