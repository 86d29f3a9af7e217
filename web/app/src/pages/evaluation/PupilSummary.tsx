import { type ReactElement, Suspense, lazy, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { isBasic, isOpen, isReleasable } from './classJobs.ts';
import type { Job, Student } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';

const SummaryEditor = lazy(async () => ({ default: (await import('./SummaryEditor.tsx')).SummaryEditor }));

type PupilSummaryProps = {
  readonly evaluation: number;
  readonly student: Student;
  readonly job: Job | undefined;
  readonly busy: boolean;
  readonly releaseFirst: boolean;
  readonly run: (work: () => Promise<string>) => Promise<void>;
};

/** One pupil's summary as the teacher reads it, with what can be done about it. */
export function PupilSummary(props: PupilSummaryProps): ReactElement {
  const { evaluation, student, job, busy, run } = props;
  const [isEdited, setIsEdited] = useState(false);
  const save = async (text: string): Promise<string> => {
    await evaluationServer.edit(evaluation, student.id, text);
    setIsEdited(false);
    return `De samenvatting van ${student.name} is opgeslagen.`;
  };
  const text = job?.result?.summary_text;
  return (
    <section aria-label={`Samenvatting van ${student.name}`} className="max-w-prose py-1">
      {isEdited && text !== undefined ? (
        <Suspense>
          <SummaryEditor
            text={text}
            busy={busy}
            onSave={(words) => void run(() => save(words))}
            onLeave={() => setIsEdited(false)}
          />
        </Suspense>
      ) : (
        <>
          <Words job={job} />
          <Actions {...props} onEdit={() => setIsEdited(true)} />
        </>
      )}
    </section>
  );
}

function Words({ job }: { readonly job: Job | undefined }): ReactElement {
  const text = job?.result?.summary_text;
  if (text === undefined) return <p className="text-muted">Er is nog geen samenvatting.</p>;
  return (
    <>
      <p dir="auto" className="leading-relaxed whitespace-pre-line wrap-anywhere">
        {text}
      </p>
      {job?.edited === true && <p className="mt-2 text-sm text-muted">Aangepast door een docent.</p>}
      {isBasic(job) && job?.edited !== true && (
        <p className="mt-3 rounded-control bg-notice-soft px-3 py-2 text-notice">
          De AI was niet beschikbaar. Deze tekst is met vaste regels gemaakt.
        </p>
      )}
    </>
  );
}

type ActionsProps = PupilSummaryProps & { readonly onEdit: () => void };

function Actions({ evaluation, student, job, busy, releaseFirst, run, onEdit }: ActionsProps): ReactElement {
  const anew = async (): Promise<string> => {
    await evaluationServer.queueAnew(evaluation, student.id);
    return `De samenvatting van ${student.name} wordt opnieuw gemaakt.`;
  };
  const cancel = async (id: string): Promise<string> => {
    await evaluationServer.cancel(id);
    return `De samenvatting van ${student.name} is gestopt.`;
  };
  const release = async (released: boolean): Promise<string> => {
    await evaluationServer.release(evaluation, [student.id], released);
    return released
      ? `${student.name} kan de samenvatting nu lezen.`
      : `${student.name} kan de samenvatting niet meer lezen.`;
  };
  const isReleased = job?.released_at !== null;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {job !== undefined && isOpen(job) && (
        <Button size="small" disabled={busy} onClick={() => void run(() => cancel(job.job_id))}>
          Stoppen
        </Button>
      )}
      {isReleasable(job) && (
        <>
          {releaseFirst && (
            <Button
              size="small"
              look={isReleased ? 'outline' : 'primary'}
              disabled={busy}
              onClick={() => void run(() => release(!isReleased))}
            >
              {isReleased ? 'Vrijgave intrekken' : 'Vrijgeven'}
            </Button>
          )}
          <Button size="small" disabled={busy} onClick={onEdit}>
            Bewerken
          </Button>
          <Button size="small" disabled={busy} onClick={() => void run(anew)}>
            {isBasic(job) ? 'Opnieuw maken met AI' : 'Opnieuw genereren'}
          </Button>
        </>
      )}
    </div>
  );
}
