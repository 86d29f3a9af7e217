import { useEffect, useState, useSyncExternalStore } from 'react';
import { ClassSession, type ClassState } from './classSession.ts';
import { evaluationServer, followClass } from './evaluationServer.ts';

/** The jobs of an evaluation while the component is mounted. Give another evaluation another component. */
export function useClassJobs(evaluation: number, every: number): ClassState & { readonly again: () => void } {
  const [session] = useState(
    () =>
      new ClassSession({
        jobs: (signal) => evaluationServer.jobs(evaluation, signal),
        follow: (signal, onJob) => followClass(evaluation, signal, onJob),
        every,
      }),
  );
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  useEffect(() => {
    void session.look();
    return session.close;
  }, [session]);
  return { ...state, again: () => void session.look() };
}
