import { useEffect, useState, useSyncExternalStore } from 'react';
import { evaluationServer, followSummary } from './evaluationServer.ts';
import { SummarySession, type SummaryState } from './summarySession.ts';

type Whose = { readonly evaluation: number; readonly student: number; readonly every: number };

/** A pupil's summary, asked for while the component is mounted. Give another pupil another component. */
export function useSummary({ evaluation, student, every }: Whose): {
  readonly state: SummaryState;
  readonly again: () => void;
} {
  const [session] = useState(
    () =>
      new SummarySession({
        queue: (signal) => evaluationServer.queue(evaluation, student, signal),
        status: (job, signal) => evaluationServer.status(job, signal),
        follow: followSummary,
        every,
      }),
  );
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    void session.start();
    return session.close;
  }, [session]);
  return { state, again: () => void session.start() };
}
