import { keptPrefix } from '../../session/account.ts';
import { textIn } from '../../session/json.ts';
import { type Keeper, keeper } from '../../state/keeper.ts';
import type { KeptPrompt } from './promptSession.ts';

/** Keeps an owner's notes and their task over a reload. */
export function promptKeeper(storage: Storage, accountId: string): Keeper<KeptPrompt> {
  return keeper(storage, `${keptPrefix}prompt:${accountId}`, keptIn);
}

/** The same for several at once. */
export function batchKeeper(storage: Storage, accountId: string): Keeper<readonly KeptPrompt[]> {
  return keeper<readonly KeptPrompt[]>(storage, `${keptPrefix}prompts:${accountId}`, (value) =>
    Array.isArray(value) ? value.map(keptIn) : [],
  );
}

function keptIn(value: unknown): KeptPrompt {
  return { notes: textIn(value, 'notes') ?? '', taskId: textIn(value, 'taskId') };
}
