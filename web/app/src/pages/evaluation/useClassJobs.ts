import { useCallback, useEffect, useState } from 'react';
import { isAnyOpen } from './classJobs.ts';
import type { Job } from './evaluationApi.ts';
import { evaluationServer } from './evaluationServer.ts';

export type ClassJobs = {
  /** Null until they were read once. */
  readonly jobs: readonly Job[] | null;
  /** Whether they could not be read the last time. */
  readonly failed: boolean;
  readonly again: () => void;
};

/** The jobs of an evaluation: read at once, and every few seconds while one of them is open. */
export function useClassJobs(evaluation: number, every: number): ClassJobs {
  const [jobs, setJobs] = useState<readonly Job[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    evaluationServer
      .jobs(evaluation, asking.signal)
      .then((read) => {
        if (asking.signal.aborted) return;
        setFailed(false);
        setJobs(read);
      })
      .catch(() => {
        if (!asking.signal.aborted) setFailed(true);
      });
    return () => asking.abort();
  }, [evaluation, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  const isWaiting = failed || (jobs !== null && isAnyOpen(jobs));
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(again, every);
    return () => clearInterval(timer);
  }, [isWaiting, every, again]);
  return { jobs, failed, again };
}
