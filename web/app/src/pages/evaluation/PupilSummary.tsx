import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { isBasic, isOpen } from './classJobs.ts';
import type { Job, Student } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';

type PupilSummaryProps = {
  readonly evaluation: number;
  readonly student: Student;
  readonly job: Job | undefined;
  readonly busy: boolean;
  readonly run: (work: () => Promise<string>) => Promise<void>;
};

/** One pupil's summary as the teacher reads it, with what can be done about it. */
export function PupilSummary({ evaluation, student, job, busy, run }: PupilSummaryProps): ReactElement {
  const anew = async (): Promise<string> => {
    await evaluationServer.queueAnew(evaluation, student.id);
    return `De samenvatting van ${student.name} wordt opnieuw gemaakt.`;
  };
  const cancel = async (id: string): Promise<string> => {
    await evaluationServer.cancel(id);
    return `De samenvatting van ${student.name} is gestopt.`;
  };
  const text = job?.result?.summary_text;
  return (
    <section aria-label={`Samenvatting van ${student.name}`} className="max-w-prose py-1">
      {text === undefined ? (
        <p className="text-muted">Er is nog geen samenvatting.</p>
      ) : (
        <p dir="auto" className="leading-relaxed wrap-anywhere">
          {text}
        </p>
      )}
      {isBasic(job) && (
        <p className="mt-3 rounded-control bg-notice-soft px-3 py-2 text-notice">
          De AI was niet beschikbaar. Deze tekst is met vaste regels gemaakt.
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {job !== undefined && isOpen(job) && (
          <Button size="small" disabled={busy} onClick={() => void run(() => cancel(job.job_id))}>
            Stoppen
          </Button>
        )}
        {job?.status === 'completed' && job.result?.generation_method !== 'empty' && (
          <Button size="small" disabled={busy} onClick={() => void run(anew)}>
            {isBasic(job) ? 'Opnieuw maken met AI' : 'Opnieuw genereren'}
          </Button>
        )}
      </div>
    </section>
  );
}
