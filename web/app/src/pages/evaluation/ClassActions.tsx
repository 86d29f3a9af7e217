import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { isBasic, isOpen, isReleasable, totalsOf } from './classJobs.ts';
import type { Detail, Job } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';

type ClassActionsProps = {
  readonly detail: Detail;
  readonly newest: ReadonlyMap<number, Job>;
  readonly busy: boolean;
  readonly run: (work: () => Promise<string>) => Promise<void>;
};

/** What can be done with many summaries at once; only what there is something to do for. */
export function ClassActions({ detail, newest, busy, run }: ClassActionsProps): ReactElement {
  const { students, release_first: releaseFirst } = detail;
  const evaluation = detail.evaluation.id;
  const jobs = students.flatMap(({ id }) => newest.get(id) ?? []);
  const open = jobs.filter(isOpen);
  const failed = jobs.filter(({ status }) => status === 'failed' || status === 'cancelled');
  const basic = jobs.filter(isBasic);
  const held = releaseFirst ? jobs.filter((job) => isReleasable(job) && job.released_at === null) : [];
  const studentsOf = (some: readonly Job[]): number[] => some.map(({ student_id }) => student_id);
  const stop = async (): Promise<string> => {
    const ends = await Promise.allSettled(open.map(({ job_id }) => evaluationServer.cancel(job_id)));
    return `${ends.filter(({ status }) => status === 'fulfilled').length} gestopt`;
  };
  const queue = async (some: readonly Job[], anew: boolean): Promise<string> =>
    totalsOf(await evaluationServer.queueAll(evaluation, studentsOf(some), anew));
  const release = async (): Promise<string> =>
    `${await evaluationServer.release(evaluation, studentsOf(held), true)} vrijgegeven`;
  return (
    <>
      {open.length > 0 && (
        <Button disabled={busy} onClick={() => void run(stop)}>
          Alles stoppen ({open.length})
        </Button>
      )}
      {failed.length > 0 && (
        <Button disabled={busy} onClick={() => void run(() => queue(failed, false))}>
          Alle mislukte opnieuw proberen ({failed.length})
        </Button>
      )}
      {basic.length > 0 && (
        <Button disabled={busy} onClick={() => void run(() => queue(basic, true))}>
          Basis opnieuw maken met AI ({basic.length})
        </Button>
      )}
      {held.length > 0 && (
        <Button disabled={busy} onClick={() => void run(release)}>
          Alles vrijgeven ({held.length})
        </Button>
      )}
    </>
  );
}
