import { fieldIn, textIn } from '../../session/json.ts';
import type { Kept, PromptPorts } from './promptSession.ts';

/** Keeps an owner's notes and their task over a reload; a browser that keeps nothing is fine. */
export function promptKeeper(storage: Storage, accountId: string): PromptPorts['keeper'] {
  const key = `handoff.prompt.${accountId}`;
  return {
    read: () => {
      try {
        return keptIn(JSON.parse(storage.getItem(key) ?? 'null'));
      } catch {
        return keptIn(null);
      }
    },
    write: (kept) => {
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
