import { ownFetch } from '../../session/browserSession.ts';
import { satBuddyApi } from './satBuddyApi.ts';

/** The server in the name of the person who is logged in. */
export const satBuddyServer = satBuddyApi(ownFetch);
