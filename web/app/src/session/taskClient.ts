import { createClient } from '@handoff/client';
import { ownFetch } from './browserSession.ts';

/** The tasks of the person who is logged in. */
export const taskClient = createClient({ path: '/api/v1', fetch: ownFetch, tabs: 'shared' });
