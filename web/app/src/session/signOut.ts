import { keptPrefix, logOut } from './account.ts';
import { renewingFetch } from './browserSession.ts';

/**
 * Logs out, removes what this browser keeps for the person, and shows the login page. Rejects when the server cannot
 * be reached. `beforeForgetting` lets a page stop writing first.
 */
export async function signOut(beforeForgetting?: () => void): Promise<void> {
  await logOut(renewingFetch);
  beforeForgetting?.();
  for (const key of Object.keys(localStorage)) if (key.startsWith(keptPrefix)) localStorage.removeItem(key);
  location.assign('/login/');
}
