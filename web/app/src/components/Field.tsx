import type { ReactElement } from 'react';

type FieldProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly type?: 'text' | 'password';
  readonly autoComplete: string;
  readonly invalid: boolean;
  readonly problemId: string;
  readonly onChange: (value: string) => void;
};

/** A line of a form of names and passwords, whose problem is written elsewhere in the form. */
export function Field({
  label,
  name,
  value,
  type = 'text',
  autoComplete,
  invalid,
  problemId,
  onChange,
}: FieldProps): ReactElement {
  return (
    <label className="mt-5 block text-sm font-semibold">
      {label}
      <input
        className="mt-1.5 block w-full rounded-control border border-line-strong bg-surface px-3 py-2.5 font-normal aria-invalid:border-bad"
        name={name}
        type={type}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        aria-invalid={invalid}
        aria-describedby={problemId}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
