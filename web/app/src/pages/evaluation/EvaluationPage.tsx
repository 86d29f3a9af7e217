import { type ReactElement, useMemo } from 'react';
import { idIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { ClassPage } from './ClassPage.tsx';
import { evaluationServer } from './evaluationServer.ts';
import { Back, FailedLoad, Frame, Loading } from './Frame.tsx';
import { OverviewPage } from './OverviewPage.tsx';
import { usePageTitle } from '../../components/usePageTitle.ts';
import { useLoad } from '../../state/useLoad.ts';

/** One evaluation: the overview of a pupil, or the whole class for a teacher. */
export function EvaluationPage(): ReactElement {
  const id = idIn(usePathname());
  return <Frame>{() => <LoadedEvaluation key={id} id={id ?? 0} />}</Frame>;
}

function LoadedEvaluation({ id }: { readonly id: number }): ReactElement {
  const { load, reload } = useLoad(
    useMemo(() => (signal: AbortSignal) => evaluationServer.detail(id, signal), [id]),
  );
  usePageTitle(load.name === 'loaded' ? load.value.evaluation.title : null, 'Team Evaluatie');
  switch (load.name) {
    case 'loading':
      return <Loading />;
    case 'failed':
      return (
        <>
          <Back />
          <FailedLoad error={load.error} onRetry={() => void reload()} />
        </>
      );
    case 'loaded': {
      const { me } = load.value;
      return me.role === 'student' ? (
        <OverviewPage key={`${id} ${me.id}`} evaluation={id} student={me.id} />
      ) : (
        <ClassPage detail={load.value} refresh={() => void reload()} />
      );
    }
  }
}
