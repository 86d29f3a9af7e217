import { ownFetch } from '../../session/browserSession.ts';
import { zonesApi } from './zonesApi.ts';

/** The server in the name of the person who is logged in. */
export const zonesServer = zonesApi(ownFetch);
