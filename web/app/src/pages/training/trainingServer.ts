import { HandoffError } from '@handoff/client';
import { ownFetch, plainFetch } from '../../session/browserSession.ts';
import { useLoad } from '../../state/useLoad.ts';
import { type TrainingConfig, defaultConfig, trainingApi } from './trainingApi.ts';

/** The server in the name of the person who is logged in. */
export const trainingServer = trainingApi(ownFetch);

/** The server for people who have a link. */
export const sharedServer = trainingApi(plainFetch);

/** The server's settings; until they are loaded, those of the specification. */
export function useConfig(): TrainingConfig {
  const { load } = useLoad(trainingServer.config, defaultConfig);
  return load.name === 'loaded' ? load.value : defaultConfig;
}

export function isMissing(error: unknown): boolean {
  return error instanceof HandoffError && error.status === 404;
}
