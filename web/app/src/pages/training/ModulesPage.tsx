import { usePoll } from '@handoff/react';
import { type ReactElement, useCallback, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';
import { buttonClasses } from '../../components/Button.tsx';
import { PageHeading } from '../../components/PageHeading.tsx';
import { Empty, Failure, Loading } from '../../components/PageStates.tsx';
import { SystemPage } from '../../components/SystemPage.tsx';
import { Link } from '../../routing/Link.tsx';
import { BasicModules } from './BasicModules.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import { StageTimes } from './StageTimes.tsx';
import type { ListedModule } from './trainingApi.ts';
import { trainingServer, useConfig } from './trainingServer.ts';
import { trainingVideos } from './trainingVideos.ts';

export function ModulesPage(): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  const onRemoved = useCallback(() => heading.current?.focus(), []);
  return (
    <SystemPage system={trainingVideos} here="/training/">
      <div className="flex flex-wrap items-center gap-3">
        <PageHeading ref={heading} size="large" className="flex-1">
          Training Dashboard
        </PageHeading>
        <Link href="/upload/" className={buttonClasses('primary')}>
          <Icon name="upload" className="size-4" /> Upload New Module
        </Link>
      </div>
      <Modules onRemoved={onRemoved} />
    </SystemPage>
  );
}

function Modules({ onRemoved }: { readonly onRemoved: () => void }): ReactElement {
  const { poll_every_ms: every, ai_provider: ai } = useConfig();
  const {
    value: modules,
    error,
    look,
  } = usePoll<readonly ListedModule[]>('modules', {
    read: trainingServer.modules,
    isFinal: (list) => list.every(({ status }) => status !== 'processing'),
    every,
  });
  const [search, setSearch] = useState('');
  if (modules === null) {
    return error === null ? (
      <Loading>Loading modules...</Loading>
    ) : (
      <Failure onRetry={() => void look()}>Your modules could not be loaded.</Failure>
    );
  }
  if (modules.length === 0) return <NoModules />;
  const found = modules.filter((module) => matches(module, search));
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
      {ai !== '' && ai !== 'offline' && <BasicModules modules={modules} refresh={look} />}
      <p role="status" className="sr-only">
        {found.length} modules
      </p>
      {found.length === 0 && <p className="mt-8 text-muted">No module matches “{search}”.</p>}
      <ul className="mt-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {found.map((module) => (
          <li key={module.id}>
            <ModuleCard module={module} refresh={look} onRemoved={onRemoved} />
          </li>
        ))}
      </ul>
      <StageTimes />
    </>
  );
}

function matches({ title, description }: ListedModule, search: string): boolean {
  const text = `${title} ${description}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function NoModules(): ReactElement {
  return (
    <Empty icon="video" title="No modules yet" isHeading={false}>
      <p className="mt-2 mb-6 text-muted">Upload a how-to video to make your first training module.</p>
      <Link href="/upload/" className={buttonClasses('primary')}>
        Upload a video
      </Link>
    </Empty>
  );
}
