import { AlertDialog } from 'radix-ui';
import { type ReactElement, useCallback, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { refusalIn } from '../../session/json.ts';
import { useLoad } from '../../state/useLoad.ts';
import { linesOf } from './comparedLines.ts';
import { type LibraryPrompt, type PromptVersion, promptLibrary } from './promptLibraryApi.ts';

type SavedPromptProps = {
  readonly id: string;
  /** The number of the newest version; another one is read anew. */
  readonly newest: number;
  readonly onChanged: () => void;
};

/** A saved prompt: its versions, each to be read, compared with another and edited. */
export function SavedPrompt({ id, newest, onChanged }: SavedPromptProps): ReactElement {
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- A newer version is read anew.
  const read = useCallback((signal: AbortSignal) => promptLibrary.read(id, signal), [id, newest]);
  const { load, reload } = useLoad(read);
  if (load.name === 'loading') return <p className="px-4 py-2 text-sm text-muted">Loading…</p>;
  if (load.name === 'failed') {
    return (
      <p role="alert" className="px-4 py-2 text-sm text-bad">
        The prompt cannot be read now.{' '}
        <Button size="small" onClick={() => void reload()}>
          Try again
        </Button>
      </p>
    );
  }
  return <Versions key={newest} prompt={load.value} onChanged={onChanged} />;
}

type VersionsProps = { readonly prompt: LibraryPrompt; readonly onChanged: () => void };

function Versions({ prompt, onChanged }: VersionsProps): ReactElement {
  const [newest] = prompt.versions;
  const [shown, setShown] = useState(newest!);
  const [other, setOther] = useState<PromptVersion | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const act = (work: Promise<unknown>): void =>
    void work.then(onChanged, (error: unknown) =>
      setProblem(refusalIn(error) ?? 'The server cannot be reached. Please try again.'),
    );
  const versionOf = (number: number): PromptVersion | null =>
    prompt.versions.find(({ version }) => version === number) ?? null;
  const save = (text: string): void =>
    act(promptLibrary.save({ name: prompt.name, prompt: text, notes: shown.notes }, prompt.id));
  return (
    <div className="px-4 pb-3 text-sm">
      <div className="flex flex-wrap items-end gap-3">
        <Choice
          label="Version"
          value={shown.version}
          versions={prompt.versions}
          onChange={(number) => setShown(versionOf(number) ?? shown)}
        />
        {prompt.versions.length > 1 && (
          <Choice
            label="Compare with"
            value={other?.version ?? 0}
            versions={prompt.versions.filter((one) => one !== shown)}
            none="nothing"
            onChange={(number) => setOther(versionOf(number))}
          />
        )}
      </div>
      {draft === null ? (
        <div className={other === null ? '' : 'grid gap-3 md:grid-cols-2'}>
          {other !== null && <Text version={other} against={shown} />}
          <Text version={shown} against={other} />
        </div>
      ) : (
        <Draft
          text={draft}
          next={newest!.version + 1}
          onSave={save}
          onChange={setDraft}
          onLeave={() => setDraft(null)}
        />
      )}
      {problem !== null && (
        <p role="alert" className="mt-2 text-bad">
          {problem}
        </p>
      )}
      {draft === null && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="small" onClick={() => setDraft(shown.prompt)}>
            Edit
          </Button>
          <DeletePrompt name={prompt.name} onDelete={() => act(promptLibrary.remove(prompt.id))} />
        </div>
      )}
    </div>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: number;
  readonly versions: readonly PromptVersion[];
  readonly none?: string;
  readonly onChange: (version: number) => void;
};

function Choice({ label, value, versions, none, onChange }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="mt-1 rounded-control border border-line-strong bg-surface px-3 py-1.5"
      >
        {none !== undefined && <option value={0}>{none}</option>}
        {versions.map(({ version, created_at }) => (
          <option key={version} value={version}>
            {version} ·{' '}
            {new Date(created_at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}
          </option>
        ))}
      </select>
    </div>
  );
}

type TextProps = { readonly version: PromptVersion; readonly against: PromptVersion | null };

/** A version's text; lines that the other one does not have are marked. */
function Text({ version, against }: TextProps): ReactElement {
  return (
    <pre
      tabIndex={0}
      dir="auto"
      aria-label={`Version ${version.version}`}
      className="mt-3 max-h-96 overflow-auto rounded-control border border-line p-3 font-sans leading-relaxed wrap-anywhere whitespace-pre-wrap"
    >
      {linesOf(version.prompt, against?.prompt ?? null).map(({ text, isOwn }, index) =>
        isOwn ? (
          // Lines have no other name than their place.
          <mark key={index} className="block bg-notice-soft text-ink before:content-['±_']">
            {text}
          </mark>
        ) : (
          <span key={index} className="block min-h-[1lh]">
            {text}
          </span>
        ),
      )}
    </pre>
  );
}

type DraftProps = {
  readonly text: string;
  readonly next: number;
  readonly onSave: (text: string) => void;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
};

function Draft({ text, next, onSave, onChange, onLeave }: DraftProps): ReactElement {
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text);
      }}
      className="mt-3"
    >
      <label htmlFor={id} className="font-semibold">
        Text of the prompt
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={12}
        value={text}
        ref={focus}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 w-full rounded-control border border-line-strong bg-surface p-3 leading-relaxed"
      />
      <div className="mt-2 flex gap-2">
        <Button type="submit" look="primary" size="small" disabled={text.trim() === ''}>
          Save as version {next}
        </Button>
        <Button size="small" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function focus(area: HTMLTextAreaElement | null): void {
  area?.focus();
}

function DeletePrompt(props: { readonly name: string; readonly onDelete: () => void }): ReactElement {
  return (
    <ConfirmDialog
      trigger={<Button size="small">Delete</Button>}
      title="Delete this prompt?"
      text={`“${props.name}” is deleted with all its versions.`}
    >
      <AlertDialog.Cancel asChild>
        <Button>Keep</Button>
      </AlertDialog.Cancel>
      <AlertDialog.Action asChild>
        <Button look="primary" onClick={props.onDelete}>
          Delete prompt
        </Button>
      </AlertDialog.Action>
    </ConfirmDialog>
  );
}
