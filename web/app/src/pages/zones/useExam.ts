import { useEffect, useMemo } from 'react';
import { navigate, replaceWith } from '../../routing/usePathname.ts';
import { useStore } from '../../state/useStore.ts';
import { ExamSession, type ExamState } from './examSession.ts';
import type { Exam, ZonesConfig } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

const now = (): number => Date.now();

/** A test that is being taken on this page. */
export function useExam(
  exam: Exam,
  config: ZonesConfig,
): { readonly state: ExamState; readonly session: ExamSession } {
  const session = useMemo(
    () =>
      new ExamSession(exam, {
        api: zonesServer,
        now,
        autoSubmitAfter: config.auto_submit_after_ms,
        onSubmitted: (id) => replaceWith(`/loading-results/${id}`),
        onQuit: () => navigate('/tests/'),
      }),
    [exam, config],
  );
  useEffect(() => {
    session.open();
    return () => session.close();
  }, [session]);
  const state = useStore(session);
  const isOpen = state.phase === 'answering' || state.phase === 'asking' || state.phase === 'timeOver';
  useEffect(() => {
    if (!isOpen) return;
    const onLeave = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [isOpen]);
  return { state, session };
}
