import type { ReactElement } from 'react';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { Link } from '../../routing/Link.tsx';
import type { Evaluation } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';
import { FailedLoad, Frame, Loading, EvaluationState } from './Frame.tsx';
import { useLoad } from '../../state/useLoad.ts';

/** All evaluations that a person of a school sees. */
export function EvaluationsPage(): ReactElement {
  return <Frame>{() => <Evaluations />}</Frame>;
}

function Evaluations(): ReactElement {
  const { load, reload } = useLoad(evaluationServer.evaluations);
  if (load.name === 'loading') return <Loading />;
  if (load.name === 'failed') return <FailedLoad error={load.error} onRetry={() => void reload()} />;
  const { me, evaluations } = load.value;
  return (
    <>
      <PageHeading>Evaluaties</PageHeading>
      <p className="mt-2 text-muted">
        {me.role === 'student'
          ? 'Kies een evaluatie om je scores en je samenvatting te zien.'
          : 'Kies een evaluatie om de samenvattingen van je leerlingen te beheren.'}
      </p>
      {evaluations.length === 0 && <p className="mt-8">Er zijn nog geen evaluaties.</p>}
      <ul className="mt-6 grid gap-3">
        {evaluations.map((evaluation) => (
          <li key={evaluation.id}>
            <Entry evaluation={evaluation} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Entry({ evaluation }: { readonly evaluation: Evaluation }): ReactElement {
  return (
    <Link
      href={`/evaluaties/${evaluation.id}/`}
      className="group flex items-center gap-4 rounded-card border border-line bg-surface p-4 shadow-card transition-colors hover:border-accent sm:p-5"
    >
      <span className="min-w-0 flex-1">
        <span className="mb-1 block text-lg font-semibold">{evaluation.title}</span>
        <EvaluationState evaluation={evaluation} />
      </span>
      <Icon
        name="arrowRight"
        className="size-5 text-muted transition-transform group-hover:translate-x-0.5"
      />
    </Link>
  );
}
