import type { ReactElement } from 'react';
import { Icon } from '../icons/Icon.tsx';

type FormProblemProps = { readonly id: string; readonly problem: string | null };

/** What is wrong with a form; read out when it appears. */
export function FormProblem({ id, problem }: FormProblemProps): ReactElement {
  return (
    <div id={id} role="alert">
      {problem !== null && (
        <p className="mt-4 flex gap-2 rounded-control bg-bad-soft px-3 py-2.5 text-sm text-bad">
          <Icon name="warning" /> {problem}
        </p>
      )}
    </div>
  );
}
