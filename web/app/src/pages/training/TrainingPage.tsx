import type { ReactElement } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import { SystemPage } from '../../parts/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { wordIn } from '../../routing/routes.ts';
import { usePathname } from '../../routing/usePathname.ts';
import { ProcessingFailed, ProcessingScreen } from './ProcessingScreen.tsx';
import { TrainingRoom } from './TrainingRoom.tsx';
import { trainingVideos } from './trainingVideos.ts';
import { useModule } from './useModule.ts';

/** One training module: being made, failed, or ready to watch and edit. */
export function TrainingPage(): ReactElement {
  const id = wordIn(usePathname()) ?? '';
  return (
    <SystemPage system={trainingVideos}>
      <Module key={id} id={id} />
    </SystemPage>
  );
}

function Module({ id }: { readonly id: string }): ReactElement {
  const { reading, again } = useModule(id);
  switch (reading.name) {
    case 'loading':
      return (
        <p role="status" className="mt-8 flex items-center gap-3 text-muted">
          <Dots /> Loading training module...
        </p>
      );
    case 'missing':
      return (
        <div className="mx-auto max-w-md py-16 text-center">
          <Icon name="video" className="mx-auto size-12 text-muted" />
          <h1 tabIndex={-1} className="mt-4 text-2xl font-bold outline-none">
            Module not found
          </h1>
          <p className="mt-2 mb-6 text-muted">It was deleted, or it belongs to somebody else.</p>
          <Link href="/training/" className={buttonClasses('primary')}>
            Training Dashboard
          </Link>
        </div>
      );
    case 'failed':
      return (
        <div
          role="alert"
          className="mt-8 flex flex-wrap items-center gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad"
        >
          <Icon name="warning" /> The module could not be loaded.{' '}
          <Button onClick={() => void again()}>Try again</Button>
        </div>
      );
    case 'there':
      switch (reading.module.status) {
        case 'processing':
          return <ProcessingScreen module={reading.module} onEnd={again} />;
        case 'failed':
          return <ProcessingFailed module={reading.module} />;
        case 'ready':
          return <TrainingRoom module={reading.module} refresh={again} />;
      }
  }
}
