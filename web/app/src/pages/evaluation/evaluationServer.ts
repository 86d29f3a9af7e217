import { ownFetch } from '../../session/browserSession.ts';
import { evaluationApi } from './evaluationApi.ts';

/** The server in the name of the person who is logged in. */
export const evaluationServer = evaluationApi(ownFetch);
