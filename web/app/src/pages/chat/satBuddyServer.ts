import { ownFetch } from '../../session/browserSession.ts';
import { conversationsApi } from './conversationsApi.ts';
import { satBuddyApi } from './satBuddyApi.ts';

/** The server in the name of the person who is logged in. */
export const satBuddyServer = satBuddyApi(ownFetch);

/** That person's conversations. */
export const conversationsServer = conversationsApi(ownFetch);
