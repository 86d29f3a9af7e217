export type { Feed, PollOptions, Polled } from './poller.ts';
export { HandoffContext } from './handoffContext.ts';
export { englishPlace } from './placeWords.ts';
export { type ProgressWords, englishWords } from './progressWords.ts';
export { TaskProgress, type TaskProgressProps } from './TaskProgress.tsx';
export type { TaskStatus } from './taskStatus.ts';
export { type HandoffOptions, type UsedHandoff, useHandoff } from './useHandoff.ts';
export { type UsedTask, useTask } from './useTask.ts';
export { type UsedPoll, usePoll } from './usePoll.ts';
