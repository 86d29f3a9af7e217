import { type UsedPoll, usePoll } from '@handoff/react';
import type { InsightStatus } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

type InsightStatusOptions = {
  readonly every: number;
  readonly isFinal: (status: InsightStatus) => boolean;
  readonly onFinal?: () => void;
};

/** Polls the status of a test's insights, whether the tab is visible or not, and follows their task once it is known. */
export function useInsightStatus(id: number | null, options: InsightStatusOptions): UsedPoll<InsightStatus> {
  const { every, isFinal, onFinal } = options;
  return usePoll<InsightStatus>(id, {
    read: (signal) => zonesServer.status(id ?? 0, signal),
    every,
    isFinal,
    taskId: (status) => status?.insights_task_id,
    onChange: ({ phase }) => phase === 'final' && onFinal?.(),
  });
}

export function isReady({ insights_generated, total_subjects }: InsightStatus): boolean {
  return insights_generated && total_subjects > 0;
}

/** Whether insights are ready, could not be made, or have no subject to be made of. */
export function isSettled(status: InsightStatus): boolean {
  return isReady(status) || status.insights_failed === true || status.expected_subjects.length === 0;
}

/** The current message of the task. */
export function noteOf({ task }: UsedPoll<InsightStatus>): string | null {
  return task?.waiting?.message ?? task?.progress.message ?? null;
}
