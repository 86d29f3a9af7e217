import type { ReactElement } from 'react';

type ReleaseFirstProps = {
  readonly isOn: boolean;
  readonly busy: boolean;
  readonly onChange: (first: boolean) => void;
};

/** The school's choice whether a teacher reads each summary before the pupil does. */
export function ReleaseFirst({ isOn, busy, onChange }: ReleaseFirstProps): ReactElement {
  return (
    <div className="mt-4 flex max-w-prose items-start gap-2.5 text-sm">
      <input
        id="release-first"
        type="checkbox"
        className="mt-0.5 size-5 shrink-0 accent-accent"
        aria-describedby="release-first-scope"
        checked={isOn}
        // Not disabled: the focus would be lost while the answer is on its way.
        aria-disabled={busy}
        onChange={({ target }) => {
          if (!busy) onChange(target.checked);
        }}
      />
      <div>
        <label htmlFor="release-first" className="font-medium">
          Leerlingen zien een samenvatting pas na vrijgave door een docent
        </label>
        <p id="release-first-scope" className="text-muted">
          Geldt voor alle evaluaties van de school.
        </p>
      </div>
    </div>
  );
}
