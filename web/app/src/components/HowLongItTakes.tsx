import { type ReactElement, useState } from 'react';
import { useLoad } from '../state/useLoad.ts';
import { inWords } from './durations.ts';

/** Durations of steps, in milliseconds; no rows before the first ones. */
export type Times = {
  readonly caption: string;
  readonly rows: readonly { readonly name: string; readonly p50: number; readonly p95: number }[];
};

type HowLongItTakesProps = {
  readonly read: () => Promise<Times>;
  /** The text without rows. */
  readonly none: string;
};

/** Durations of steps. They are read when the section is opened. */
export function HowLongItTakes({ read, none }: HowLongItTakesProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { load } = useLoad(isOpen ? read : null);
  return (
    <details
      className="mt-12 border-t border-line pt-4 text-sm"
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary className="cursor-pointer font-semibold text-muted">How long it takes</summary>
      <div role="status" className="mt-3">
        {load.name === 'failed' && 'This cannot be shown right now.'}
        {load.name === 'loaded' &&
          (load.value.rows.length === 0 ? (
            <p className="text-muted">{none}</p>
          ) : (
            <TimesTable {...load.value} />
          ))}
      </div>
    </details>
  );
}

function TimesTable({ caption, rows }: Times): ReactElement {
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
