import { type ReactElement, useState } from 'react';
import { TimesTable } from '../../parts/TimesTable.tsx';
import type { Stages } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';

/** The stages of a processing, in their order. */
const names: readonly (readonly [stage: string, name: string])[] = [
  ['look', 'Reading the video'],
  ['compress', 'Making it smaller'],
  ['pictures', 'Scenes and pictures'],
  ['speech', 'Speech to text'],
  ['subtitles', 'Subtitles'],
  ['analyse', 'AI analysis'],
  ['extract', 'Step extraction'],
  ['rewrite', 'AI enhancement'],
  ['thumbnails', 'Thumbnails'],
];

/** How long the trainer's videos took, stage by stage, for who asks. */
export function StageTimes(): ReactElement {
  const [stages, setStages] = useState<Stages | 'unknown' | null>(null);
  const read = (): void => {
    trainingServer.times().then(setStages, () => setStages('unknown'));
  };
  return (
    <details
      className="mt-12 border-t border-line pt-4 text-sm"
      onToggle={(event) => event.currentTarget.open && read()}
    >
      <summary className="cursor-pointer font-semibold text-muted">How long it takes</summary>
      <div role="status" className="mt-3">
        {stages === 'unknown' && 'This cannot be shown right now.'}
        {stages !== null && stages !== 'unknown' && <Times stages={stages} />}
      </div>
    </details>
  );
}

function Times({ stages }: { readonly stages: Stages }): ReactElement {
  const rows = names.flatMap(([stage, name]) => {
    const times = stages[stage];
    return times === undefined ? [] : [{ name, p50: times.p50_ms, p95: times.p95_ms }];
  });
  return rows.length === 0 ? (
    <p className="text-muted">No video has been worked on yet.</p>
  ) : (
    <TimesTable caption="Your last videos" rows={rows} />
  );
}
