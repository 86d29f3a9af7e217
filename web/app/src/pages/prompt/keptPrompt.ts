import { keptPrefix } from '../../session/account.ts';
import { fieldIn, textIn } from '../../session/json.ts';
import type { BatchPorts } from './promptBatch.ts';
import type { Kept, PromptPorts } from './promptSession.ts';

/** Keeps an owner's notes and their task over a reload; a browser that keeps nothing is fine. */
export function promptKeeper(storage: Storage, accountId: string): PromptPorts['keeper'] {
  return keeper(storage, `${keptPrefix}prompt:${accountId}`, keptIn);
}

/** The same for several at once. */
export function batchKeeper(storage: Storage, accountId: string): BatchPorts['keeper'] {
  return keeper<readonly Kept[]>(storage, `${keptPrefix}prompts:${accountId}`, (value) =>
    Array.isArray(value) ? value.map(keptIn) : [],
  );
}

function keeper<T>(
  storage: Storage,
  key: string,
  valueIn: (value: unknown) => T,
): { readonly read: () => T; readonly write: (kept: T) => void } {
  return {
    read: (): T => {
      try {
        return valueIn(JSON.parse(storage.getItem(key) ?? 'null'));
      } catch {
        return valueIn(null);
      }
    },
    write: (kept: T): void => {
      try {
        storage.setItem(key, JSON.stringify(kept));
      } catch {
        // Full or forbidden: then the page starts empty.
      }
    },
  };
}

function keptIn(value: unknown): Kept {
  const notes = fieldIn(value, 'notes');
  return { notes: typeof notes === 'string' ? notes : '', taskId: textIn(value, 'taskId') };
}
