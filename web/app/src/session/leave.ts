import { keptPrefix, logOut } from './account.ts';
import { renewingFetch } from './browserSession.ts';

/**
 * Logs out, forgets what this browser keeps for the person and shows the login page; rejects when the server could
 * not be told. `beforeForgetting` lets a page stop keeping things first.
 */
export async function leave(beforeForgetting?: () => void): Promise<void> {
  await logOut(renewingFetch);
  beforeForgetting?.();
  for (const key of Object.keys(localStorage)) if (key.startsWith(keptPrefix)) localStorage.removeItem(key);
  location.assign('/login/');
}
