import { type DragEvent, type ReactElement, type Ref, useCallback, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { SystemPage } from '../../components/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { navigate } from '../../routing/usePathname.ts';
import { trainingVideos } from './trainingVideos.ts';
import { useConfig } from './trainingServer.ts';
import { type UploadRow, useUploads } from './useUploads.ts';

const toModule = (id: string): void => navigate(`/training/${id}?processing=true`);

/** Uploads one or several videos. */
export function UploadPage(): ReactElement {
  return (
    <SystemPage system={trainingVideos} here="/upload/">
      <PageHeading size="large">Upload New Module</PageHeading>
      <p className="mt-2 text-muted">
        A short how-to video becomes a training module with timed steps. Several videos may be sent at once.
      </p>
      <Uploads />
    </SystemPage>
  );
}

function Uploads(): ReactElement {
  const config = useConfig();
  const { rows, add, remove } = useUploads(config.upload_max_bytes, toModule);
  const zone = useRef<HTMLButtonElement>(null);
  // The button that was pressed disappears with its row.
  const drop = (key: number): void => {
    remove(key);
    zone.current?.focus();
  };
  return (
    <div className="mt-6 max-w-3xl">
      <DropZone ref={zone} onFiles={add} megabytes={Math.floor(config.upload_max_bytes / 1024 / 1024)} />
      {rows.length > 0 && (
        <ul aria-label="Uploads" className="mt-6 grid gap-3">
          {rows.map((row) => (
            <li key={row.key} className="rounded-card border border-line bg-surface p-4 shadow-card">
              <Row row={row} onRemove={() => drop(row.key)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type DropZoneProps = {
  readonly ref: Ref<HTMLButtonElement>;
  readonly onFiles: (files: readonly File[]) => void;
  readonly megabytes: number;
};

function DropZone({ ref, onFiles, megabytes }: DropZoneProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useCallback((files: FileList | null) => onFiles([...(files ?? [])]), [onFiles]);
  const onDrag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <button
        ref={ref}
        type="button"
        onClick={() => input.current?.click()}
        className={`grid w-full place-items-center rounded-card border-2 border-dashed px-6 py-14 text-center transition-colors ${over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:border-accent'}`}
      >
        <Icon name="upload" className="size-10 text-accent-text" />
        <span className="mt-3 block text-lg font-semibold">
          {over ? 'Drop your video here!' : 'Click or drop a video file'}
        </span>
        <span className="mt-1 block text-sm text-muted">Supports MP4/WebM up to {megabytes}MB</span>
      </button>
      <input
        ref={input}
        type="file"
        accept="video/*"
        multiple
        aria-label="Video files"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}

function Row({ row, onRemove }: { readonly row: UploadRow; readonly onRemove: () => void }): ReactElement {
  const { state, file } = row;
  if (state.name === 'failed') {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Icon name="warning" className="size-6 text-bad" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold text-bad">Upload Failed</p>
          <p className="text-sm wrap-anywhere">{state.reason}</p>
          <p className="text-sm text-muted wrap-anywhere">{file.name}</p>
        </div>
        <Button onClick={onRemove}>Try Again</Button>
      </div>
    );
  }
  if (state.name === 'done') {
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Icon name="check" className="size-6 text-good" />
        <p className="min-w-0 flex-1 font-medium wrap-anywhere">{file.name}</p>
        <Link href={`/training/${state.moduleId}?processing=true`} className={buttonClasses('outline')}>
          Open
        </Link>
      </div>
    );
  }
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 font-medium wrap-anywhere">Uploading {file.name}...</span>
        <Button look="quiet" onClick={onRemove}>
          Cancel
        </Button>
      </p>
      <ProgressBar coloured percent={state.percent} label={`Upload of ${file.name}`} className="mt-2 h-2.5" />
      <p className="mt-1.5 text-sm text-muted tabular-nums">{state.percent} % complete</p>
    </div>
  );
}
