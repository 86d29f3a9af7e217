import { ownFetch } from '../../session/browserSession.ts';
import { promptApi } from './promptApi.ts';

/** The server in the name of the person who is logged in. */
export const promptServer = promptApi(ownFetch);
