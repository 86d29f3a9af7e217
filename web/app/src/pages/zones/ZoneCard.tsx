import type { ReactElement } from 'react';
import { ModelText } from '../../markdown/ModelText.tsx';
import type { ZoneInsight } from './zonesApi.ts';

type Zone = {
  readonly name: string;
  readonly badge: string;
  readonly classes: string;
  readonly points: readonly string[];
};

/** The three zones of a subject. */
export function ZoneCard({ insight }: { readonly insight: ZoneInsight }): ReactElement {
  const zones: readonly Zone[] = [
    {
      name: 'Steady Zone',
      badge: 'Strong Areas',
      classes: 'bg-good-soft text-good',
      points: insight.steady_zone,
    },
    {
      name: 'Edge Zone',
      badge: 'Needs Practice',
      classes: 'bg-notice-soft text-notice',
      points: insight.edge_zone,
    },
    {
      name: 'Focus Zone',
      badge: 'Priority Areas',
      classes: 'bg-bad-soft text-bad',
      points: insight.focus_zone,
    },
  ];
  return (
    <article className="rounded-card border border-line bg-surface p-4 shadow-card sm:p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="text-xl font-bold">{insight.subject}</h3>
        {!insight.generated_by_ai && (
          <p className="text-sm text-muted">Computed from your answers, without an AI</p>
        )}
      </div>
      <div className="mt-4 grid gap-5 md:grid-cols-3">
        {zones.map((zone) => (
          <ZoneBlock key={zone.name} zone={zone} />
        ))}
      </div>
    </article>
  );
}

function ZoneBlock({ zone }: { readonly zone: Zone }): ReactElement {
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="font-semibold">{zone.name}</h4>
        <span className={`rounded-full px-2.5 py-0.5 text-xs font-semibold ${zone.classes}`}>
          {zone.badge}
        </span>
      </div>
      <ul className="mt-2 list-disc space-y-2 pl-5 text-sm leading-relaxed marker:text-muted">
        {zone.points.map((point) => (
          <li key={point}>
            <ModelText text={point} />
          </li>
        ))}
      </ul>
    </div>
  );
}
