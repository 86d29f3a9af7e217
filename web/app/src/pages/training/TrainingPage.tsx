import { type ReactElement, useCallback } from 'react';
import { buttonClasses } from '../../components/Button.tsx';
import { Empty, Failure, Loading } from '../../components/PageStates.tsx';
import { SystemPage } from '../../components/SystemPage.tsx';
import { usePageTitle } from '../../components/usePageTitle.ts';
import { Link } from '../../routing/Link.tsx';
import { wordIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { useLoad } from '../../state/useLoad.ts';
import { ProcessingFailed, ProcessingScreen } from './ProcessingScreen.tsx';
import { TrainingScreen } from './TrainingScreen.tsx';
import { isMissing, trainingServer } from './trainingServer.ts';
import { trainingVideos } from './trainingVideos.ts';
import { useHeadingFocus } from './useHeadingFocus.ts';

/** One training module: processing, failed, or ready to watch and edit. */
export function TrainingPage(): ReactElement {
  const id = wordIn(usePathname()) ?? '';
  return (
    <SystemPage system={trainingVideos}>
      <Module key={id} id={id} />
    </SystemPage>
  );
}

function Module({ id }: { readonly id: string }): ReactElement {
  const read = useCallback((signal: AbortSignal) => trainingServer.module(id, signal), [id]);
  const { load, reload } = useLoad(read);
  usePageTitle(load.name === 'loaded' ? load.value.title : null, 'Training Videos');
  useHeadingFocus(load.name === 'loaded' ? load.value.status : null);
  if (load.name === 'loading') return <Loading>Loading training module...</Loading>;
  if (isMissing(load.error)) return <MissingModule />;
  if (load.name === 'failed' || load.error !== null) {
    return (
      <Failure heading="Training module" onRetry={() => void reload()}>
        The module could not be loaded.
      </Failure>
    );
  }
  const { status, steps } = load.value;
  // Steps from before are watched while the video is analysed again.
  switch (status === 'processing' && steps.length > 0 ? 'ready' : status) {
    case 'processing':
      return <ProcessingScreen module={load.value} onEnd={() => void reload()} />;
    case 'failed':
      return <ProcessingFailed module={load.value} refresh={reload} />;
    case 'ready':
      return <TrainingScreen module={load.value} refresh={reload} />;
  }
}

function MissingModule(): ReactElement {
  return (
    <Empty icon="video" title="Module not found">
      <p className="mt-2 mb-6 text-muted">It was deleted, or it belongs to somebody else.</p>
      <Link href="/training/" className={buttonClasses('primary')}>
        Training Dashboard
      </Link>
    </Empty>
  );
}
