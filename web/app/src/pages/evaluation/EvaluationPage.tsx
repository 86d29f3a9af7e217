import { type ReactElement, useMemo } from 'react';
import { idIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { ClassPage } from './ClassPage.tsx';
import { evaluationServer } from './evaluationServer.ts';
import { Back, FailedLoad, Frame, Loading } from './Frame.tsx';
import { OverviewPage } from './OverviewPage.tsx';
import { useLoad } from './useLoad.ts';

/** One evaluation: at a glance for a pupil, the whole class for a teacher. */
export function EvaluationPage(): ReactElement {
  const id = idIn(usePathname());
  return <Frame>{() => <Known key={id} id={id ?? 0} />}</Frame>;
}

function Known({ id }: { readonly id: number }): ReactElement {
  const { load, again } = useLoad(
    useMemo(() => (signal: AbortSignal) => evaluationServer.detail(id, signal), [id]),
  );
  switch (load.name) {
    case 'loading':
      return <Loading />;
    case 'failed':
      return (
        <>
          <Back />
          <FailedLoad error={load.error} onRetry={again} />
        </>
      );
    case 'there': {
      const { me } = load.value;
      return me.role === 'student' ? (
        <OverviewPage key={`${id} ${me.id}`} evaluation={id} student={me.id} />
      ) : (
        <ClassPage detail={load.value} refresh={again} />
      );
    }
  }
}
