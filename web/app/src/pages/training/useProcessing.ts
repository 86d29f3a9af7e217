import { usePoll } from '@handoff/react';
import { useEffect, useState } from 'react';
import { type ModuleStatus, type TrainingConfig, type TrainingModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';

export type Processing = {
  readonly status: ModuleStatus;
  /** Whether there is no progress for longer than usual. */
  readonly isSlow: boolean;
  readonly isTimedOut: boolean;
};

type Waits = Pick<TrainingConfig, 'poll_every_ms' | 'poll_for_ms' | 'slow_after_ms'>;

/** Polls the processing of a module until it ends or has taken too long. */
export function useProcessing(module: TrainingModule, waits: Waits, onEnd: () => void): Processing {
  const { phase, value } = usePoll<ModuleStatus>(module.id, {
    read: (signal) => trainingServer.status(module.id, signal),
    isFinal: ({ status }) => status !== 'processing',
    every: waits.poll_every_ms,
    lateAfter: waits.poll_for_ms,
    taskId: () => module.taskId,
    onChange: (polled) => polled.phase === 'final' && onEnd(),
  });
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), waits.slow_after_ms);
    return () => clearTimeout(timer);
  }, [waits.slow_after_ms]);
  const status = value ?? module;
  return { status, isSlow: isLate && status.progress === 0, isTimedOut: phase === 'late' };
}
