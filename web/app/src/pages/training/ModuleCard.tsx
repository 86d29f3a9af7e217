import { AlertDialog } from 'radix-ui';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Link } from '../../routing/Link.tsx';
import { refusalIn } from '../../session/json.ts';
import { ShareDialog } from './ShareDialog.tsx';
import { clock } from './processingWords.ts';
import type { ListedModule, ModuleState } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { useFocus } from './useFocus.ts';

type ModuleCardProps = {
  readonly module: ListedModule;
  readonly refresh: () => Promise<void>;
  /** Called when the card disappears, and the focus with it. */
  readonly onRemoved: () => void;
};

const badges: Readonly<Record<ModuleState, { readonly words: string; readonly look: string }>> = {
  ready: { words: 'Ready', look: 'bg-good-soft text-good' },
  processing: { words: 'Processing', look: 'bg-notice-soft text-notice' },
  failed: { words: 'Failed', look: 'bg-bad-soft text-bad' },
};

export function ModuleCard({ module, refresh, onRemoved }: ModuleCardProps): ReactElement {
  const [renaming, setRenaming] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const [error, setError] = useState<string | null>(null);
  const badge = badges[module.status];
  const close = (): void => {
    setRenaming(false);
    edit.current?.focus();
  };
  const change = async (make: () => Promise<void>, done: () => void): Promise<void> => {
    setError(null);
    try {
      await make();
      done();
      await refresh();
    } catch (reason) {
      setError(refusalIn(reason) ?? 'This did not work. Please try again.');
    }
  };
  return (
    <article
      aria-label={module.title}
      className="flex h-full flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card"
    >
      <div className="grid aspect-video place-items-center bg-sunken text-muted">
        {module.thumbnail === null ? (
          <Icon name="video" className="size-10" />
        ) : (
          <img src={module.thumbnail} alt="" loading="lazy" className="size-full object-cover" />
        )}
      </div>
      <div className="flex flex-1 flex-col p-4">
        <p className="flex items-center gap-2 text-xs">
          <span className={`rounded-full px-2.5 py-0.5 font-semibold ${badge.look}`}>{badge.words}</span>
          {module.status === 'ready' && !module.generated_by_ai && (
            <span className="rounded-full bg-notice-soft px-2.5 py-0.5 font-semibold text-notice">
              Basic steps
            </span>
          )}
          <span className="text-muted tabular-nums">
            {module.totalDuration > 0 && `${clock(module.totalDuration)} · `}
            {new Date(module.createdAt).toLocaleDateString('en', { day: 'numeric', month: 'short' })}
          </span>
        </p>
        {renaming ? (
          <Rename
            title={module.title}
            onSave={(title) => void change(() => trainingServer.rename(module.id, title), close)}
            onCancel={close}
          />
        ) : (
          <h2 className="mt-2 font-semibold wrap-anywhere">{module.title}</h2>
        )}
        <p className="mt-1 line-clamp-2 flex-1 text-sm text-muted">
          {module.status === 'failed' ? module.error : module.description}
        </p>
        {module.status === 'processing' && (
          <div className="mt-2">
            <ProgressBar coloured percent={module.progress} label={`Processing of ${module.title}`} />
            <p className="mt-1 text-xs text-muted">{module.message}</p>
          </div>
        )}
        {error !== null && (
          <p role="alert" className="mt-2 text-sm text-bad">
            {error}
          </p>
        )}
        <div className="mt-4 flex flex-wrap gap-1.5">
          <Link href={`/training/${module.id}`} className={buttonClasses('primary', 'px-2.5!')}>
            {module.status === 'ready' ? 'Start Training' : 'Show'}
            <span className="sr-only"> {module.title}</span>
          </Link>
          {module.status === 'ready' && <ShareDialog moduleId={module.id} title={module.title} narrow />}
          <Button ref={edit} look="quiet" className="px-2.5!" onClick={() => setRenaming(true)}>
            Edit<span className="sr-only"> {module.title}</span>
          </Button>
          <Delete
            title={module.title}
            onDelete={() => void change(() => trainingServer.remove(module.id), onRemoved)}
          />
        </div>
      </div>
    </article>
  );
}

type RenameProps = {
  readonly title: string;
  readonly onSave: (title: string) => void;
  readonly onCancel: () => void;
};

function Rename({ title, onSave, onCancel }: RenameProps): ReactElement {
  const [words, setWords] = useState(title);
  const field = useFocus();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() !== '') onSave(words.trim());
  };
  return (
    <form onSubmit={onSubmit} className="my-2">
      <label>
        <span className="sr-only">Title</span>
        <input
          ref={field}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.target.value)}
          className="w-full rounded-control border border-line-strong bg-surface px-3 py-1.5"
        />
      </label>
      <span className="mt-2 flex gap-2">
        <Button look="primary" type="submit" size="small">
          Save
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </form>
  );
}

type DeleteProps = { readonly title: string; readonly onDelete: () => void };

function Delete({ title, onDelete }: DeleteProps): ReactElement {
  const trigger = (
    <Button look="quiet" className="px-2.5!">
      Delete<span className="sr-only"> {title}</span>
    </Button>
  );
  return (
    <ConfirmDialog
      trigger={trigger}
      title="Delete this module?"
      text={`“${title}” is deleted with its video and its steps. This cannot be undone.`}
    >
      <AlertDialog.Cancel className={buttonClasses('outline')}>Keep</AlertDialog.Cancel>
      <AlertDialog.Action className={buttonClasses('primary')} onClick={onDelete}>
        Delete module
      </AlertDialog.Action>
    </ConfirmDialog>
  );
}
