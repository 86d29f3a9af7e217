import { useCallback, useEffect, useState } from 'react';
import { HandoffError } from '@handoff/client';
import type { TrainingModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';

export type ModuleReading =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly module: TrainingModule }
  | { readonly name: 'missing' }
  | { readonly name: 'failed' };

/** Reads a module, and again when asked; what is shown stays until then. */
export function useModule(id: string): {
  readonly reading: ModuleReading;
  readonly again: () => Promise<void>;
} {
  const [reading, setReading] = useState<ModuleReading>({ name: 'loading' });
  useEffect(() => {
    const asking = new AbortController();
    read(id, asking.signal).then((now) => {
      if (!asking.signal.aborted) setReading(now);
    });
    return () => asking.abort();
  }, [id]);
  const again = useCallback(async () => setReading(await read(id)), [id]);
  return { reading, again };
}

async function read(id: string, signal?: AbortSignal): Promise<ModuleReading> {
  try {
    return { name: 'there', module: await trainingServer.module(id, signal) };
  } catch (error) {
    return { name: error instanceof HandoffError && error.status === 404 ? 'missing' : 'failed' };
  }
}
