import type { ReactElement } from 'react';
import { inWords } from './durations.ts';

export type TimesRow = { readonly name: string; readonly p50: number; readonly p95: number };

type TimesTableProps = { readonly caption: string; readonly rows: readonly TimesRow[] };

/** How long the steps of some work took, in milliseconds. */
export function TimesTable({ caption, rows }: TimesTableProps): ReactElement {
  return (
    <table className="w-full max-w-md text-left tabular-nums">
      <caption className="mb-2 text-left text-muted">{caption}</caption>
      <thead>
        <tr className="text-muted">
          <th className="py-1 font-medium">Step</th>
          <th className="py-1 text-right font-medium">Half within</th>
          <th className="py-1 text-right font-medium">19 of 20 within</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, p50, p95 }) => (
          <tr key={name} className="border-t border-line">
            <td className="py-1">{name}</td>
            <td className="py-1 text-right">{inWords(p50)}</td>
            <td className="py-1 text-right">{inWords(p95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
