import { type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { badgeOfJob, releaseBadge } from './badges.ts';
import { isReleasable, methodOf, timeOf } from './classJobs.ts';
import type { Job, Student } from './evaluationApi.ts';
import { StateBadge } from './StateBadge.tsx';

type ClassTableProps = {
  readonly students: readonly Student[];
  readonly newest: ReadonlyMap<number, Job>;
  readonly busy: boolean;
  readonly releaseFirst: boolean;
  readonly onRetry: (student: number) => void;
  /** What is shown of a pupil whose row is open. */
  readonly renderOpen: (student: Student) => ReactElement;
};

const columns = ['Leerling', 'Status', 'Aangevraagd', 'Gestart', 'Gereed', 'Methode'];

export function ClassTable(props: ClassTableProps): ReactElement {
  const { students, newest, busy, releaseFirst, onRetry, renderOpen } = props;
  return (
    <div
      // Wider than a phone: it scrolls by itself, also by keyboard.
      tabIndex={0}
      role="region"
      aria-label="Samenvattingen per leerling"
      className="mt-4 overflow-x-auto rounded-card border border-line bg-surface shadow-card"
    >
      <table className="w-full min-w-2xl border-collapse text-left text-sm">
        <thead>
          <tr className="border-b border-line text-muted">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-4 py-3 font-semibold whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {students.map((student) => (
            <Row
              key={student.id}
              student={student}
              job={newest.get(student.id)}
              busy={busy}
              releaseFirst={releaseFirst}
              onRetry={() => onRetry(student.id)}
              renderOpen={() => renderOpen(student)}
            />
          ))}
        </tbody>
      </table>
      {students.length === 0 && <p className="px-4 py-6 text-muted">Geen leerlingen met deze status.</p>}
    </div>
  );
}

type RowProps = {
  readonly student: Student;
  readonly job: Job | undefined;
  readonly busy: boolean;
  readonly releaseFirst: boolean;
  readonly onRetry: () => void;
  readonly renderOpen: () => ReactElement;
};

function Row(props: RowProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Facts {...props} isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)} />
      {isOpen && (
        <tr className="border-b border-line last:border-0">
          <td colSpan={columns.length} className="px-4 pb-4">
            {/* On a phone the table is wider than the screen; the text stays in view. */}
            <div className="sticky left-4 w-[min(100%,calc(100vw-5rem))]">{props.renderOpen()}</div>
          </td>
        </tr>
      )}
    </>
  );
}

type FactsProps = RowProps & { readonly isOpen: boolean; readonly onToggle: () => void };

function Facts(props: FactsProps): ReactElement {
  const { student, job, busy, releaseFirst, onRetry, isOpen, onToggle } = props;
  return (
    <tr className={isOpen ? '' : 'border-b border-line last:border-0'}>
      <th scope="row" className="px-4 py-2.5 font-medium whitespace-nowrap">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="inline-flex items-center gap-1.5 text-left underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          {student.name}
          <Icon name="chevronDown" className={`size-4 ${isOpen ? 'rotate-180' : ''}`} />
        </button>
        {student.class_name !== null && (
          <span className="block text-xs font-normal text-muted">
            {student.class_name}
            {student.team_number !== null && `, team ${student.team_number}`}
          </span>
        )}
      </th>
      <td className="min-w-44 px-4 py-2.5 sm:min-w-60">
        <span className="flex flex-wrap items-center gap-2">
          <StateBadge badge={badgeOfJob(job)} />
          {releaseFirst && isReleasable(job) && <StateBadge badge={releaseBadge(job)} />}
          {job?.status === 'failed' && (
            <Button
              disabled={busy}
              onClick={onRetry}
              aria-label={`Opnieuw proberen voor ${student.name}`}
              className="px-2.5 py-1 text-xs whitespace-nowrap"
            >
              Opnieuw proberen
            </Button>
          )}
        </span>
        {job?.error_message && <span className="mt-1 block text-xs text-muted">{job.error_message}</span>}
      </td>
      <Cell words={timeOf(job?.created_at)} />
      <Cell words={timeOf(job?.started_at)} />
      <Cell words={timeOf(job?.status === 'completed' ? job.completed_at : null)} />
      <Cell words={methodOf(job)} />
    </tr>
  );
}

function Cell({ words }: { readonly words: string }): ReactElement {
  return <td className="px-4 py-2.5 whitespace-nowrap text-muted tabular-nums">{words}</td>;
}
