import type { ReactElement, Ref } from 'react';

type PlayerProps = {
  readonly ref: Ref<HTMLVideoElement>;
  readonly src: string;
  readonly poster: string | undefined;
  readonly title: string;
  readonly onSecond: (second: number) => void;
};

/** The video, loaded in ranges while it plays. */
export function Player({ ref, src, poster, title, onSecond }: PlayerProps): ReactElement {
  return (
    // The steps beside the video describe it.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    <video
      ref={ref}
      src={src}
      poster={poster}
      aria-label={`Video: ${title}`}
      controls
      playsInline
      preload="metadata"
      className="aspect-video w-full rounded-card bg-black"
      onTimeUpdate={(event) => onSecond(event.currentTarget.currentTime)}
      onSeeked={(event) => onSecond(event.currentTarget.currentTime)}
    />
  );
}
