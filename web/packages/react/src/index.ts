export { HandoffContext } from './handoffContext.ts';
export { type ProgressWords, englishWords } from './progressWords.ts';
export { TaskProgress, type TaskProgressProps } from './TaskProgress.tsx';
export type { TaskStatus } from './taskStatus.ts';
export { type HandoffOptions, type UsedHandoff, useHandoff } from './useHandoff.ts';
export { type UsedTask, useTask } from './useTask.ts';
