export {
  type BatchOptions,
  type HandoffClient,
  type ListOptions,
  type SubmitOptions,
  createClient,
} from './client.ts';
export { HandoffError, type Problem } from './error.ts';
export type * from './event.ts';
export { parseTaskEvent } from './event.ts';
export type { Followed, FollowOptions } from './following.ts';
export { holdConnection } from './hold.ts';
export type { CallOptions, ClientOptions, Fetch } from './http.ts';
export type * from './task.ts';
export { isTerminal } from './task.ts';
export { type TaskView, applyEvent, unseenTask } from './taskView.ts';
export type { Timing } from './timing.ts';
export type { Connection, TaskWatch, Watched } from './watch.ts';
