import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { Button, buttonClasses } from '../../parts/Button.tsx';
import { Dots } from '../../parts/PageStates.tsx';
import { SystemPage } from '../../parts/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import { StageTimes } from './StageTimes.tsx';
import type { ListedModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { trainingVideos } from './trainingVideos.ts';
import { useConfig } from './useConfig.ts';

/** All modules of a trainer. */
export function ModulesPage(): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  const onRemoved = useCallback(() => heading.current?.focus(), []);
  return (
    <SystemPage system={trainingVideos} here="/training/">
      <div className="flex flex-wrap items-center gap-3">
        <h1 ref={heading} tabIndex={-1} className="flex-1 text-3xl font-bold tracking-tight outline-none">
          Training Dashboard
        </h1>
        <Link href="/upload/" className={buttonClasses('primary')}>
          <Icon name="upload" className="size-4" /> Upload New Module
        </Link>
      </div>
      <Modules onRemoved={onRemoved} />
    </SystemPage>
  );
}

function Modules({ onRemoved }: { readonly onRemoved: () => void }): ReactElement {
  const { modules, refresh, failed } = useModules();
  const [search, setSearch] = useState('');
  if (modules === null) {
    return failed ? (
      <div
        role="alert"
        className="mt-8 flex flex-wrap items-center gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad"
      >
        <Icon name="warning" /> Your modules could not be loaded.{' '}
        <Button onClick={() => void refresh()}>Try again</Button>
      </div>
    ) : (
      <p role="status" className="mt-8 flex items-center gap-3 text-muted">
        <Dots /> Loading modules...
      </p>
    );
  }
  if (modules.length === 0) return <NoModules />;
  const found = modules.filter((module) => speaksOf(module, search));
  return (
    <>
      <label className="mt-6 block max-w-md">
        <span className="sr-only">Search modules</span>
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder="Search modules"
          className="w-full rounded-control border border-line-strong bg-surface px-3 py-2.5"
        />
      </label>
      <p role="status" className="sr-only">
        {found.length} modules
      </p>
      {found.length === 0 && <p className="mt-8 text-muted">No module matches “{search}”.</p>}
      <ul className="mt-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {found.map((module) => (
          <li key={module.id}>
            <ModuleCard module={module} refresh={refresh} onRemoved={onRemoved} />
          </li>
        ))}
      </ul>
      <StageTimes />
    </>
  );
}

function speaksOf({ title, description }: ListedModule, search: string): boolean {
  const text = `${title} ${description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function NoModules(): ReactElement {
  return (
    <div className="mx-auto max-w-md py-16 text-center">
      <Icon name="video" className="mx-auto size-12 text-muted" />
      <h2 className="mt-4 text-2xl font-bold">No modules yet</h2>
      <p className="mt-2 mb-6 text-muted">Upload a how-to video to make your first training module.</p>
      <Link href="/upload/" className={buttonClasses('primary')}>
        Upload a video
      </Link>
    </div>
  );
}

type ModuleList = {
  readonly modules: readonly ListedModule[] | null;
  readonly failed: boolean;
  readonly refresh: () => Promise<void>;
};

/** The modules, read again while one of them is being made. */
function useModules(): ModuleList {
  const { poll_every_ms: every } = useConfig();
  const [modules, setModules] = useState<readonly ListedModule[] | null>(null);
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(
    () =>
      trainingServer
        .modules()
        .then((read) => {
          setModules(read);
          setFailed(false);
        })
        .catch(() => setFailed(true)),
    [],
  );
  const working = modules?.some(({ status }) => status === 'processing') ?? false;
  useEffect(() => void refresh(), [refresh]);
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => void refresh(), every);
    return () => clearInterval(timer);
  }, [working, every, refresh]);
  return { modules, failed, refresh };
}
