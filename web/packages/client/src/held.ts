import type { ClientOptions } from './http.ts';
import { limitsOf } from './limits.ts';
import { takeSlot } from './slots.ts';
import { type Task, isTerminal } from './task.ts';
import type { TaskReader } from './taskReader.ts';
import { type Timing, pause } from './timing.ts';

type Signal = AbortSignal | undefined;

/** Calls that ask the server to hold its answer. Where no connection may be held open, the task is polled instead. */
export type Held = {
  readonly read: <Result>(id: string, wait: number, signal: Signal) => Promise<Task<Result>>;
  readonly submit: <Result>(
    wait: number | undefined,
    signal: Signal,
    send: (wait: number | undefined) => Promise<Task<Result>>,
  ) => Promise<Task<Result>>;
};

export type Reading = {
  readonly options: ClientOptions;
  readonly timing: Timing;
  readonly readTask: TaskReader;
  readonly tries: number;
};

export function held({ options: client, timing, readTask, tries }: Reading): Held {
  const limits = limitsOf(client);
  const read: Held['read'] = async <Result>(id: string, wait: number, signal: Signal) => {
    const until = Date.now() + wait * 1_000;
    for (;;) {
      const left = Math.max(0, until - Date.now());
      const release = left > 0 ? await takeSlot(limits) : null;
      const options = { signal, tries, ...(release !== null && { wait: Math.ceil(left / 1_000) }) };
      const task = await readTask<Result>(id, options).finally(release);
      if (release !== null || left === 0 || isTerminal(task.state)) return task;
      await pause(Math.min(left, timing.poll), signal);
    }
  };
  return {
    read,
    submit: async (wait, signal, send) => {
      const release = wait === undefined ? null : await takeSlot(limits);
      const task = await send(release === null ? undefined : wait).finally(release);
      if (wait === undefined || release !== null || isTerminal(task.state)) return task;
      return read(task.id, wait, signal);
    },
  };
}
