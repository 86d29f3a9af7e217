export { type Handoff, HandoffContext, type UsedTask, ownOrigin, useTask } from './useTask.ts';
