import { type DemoAccount, readDemoAccounts } from '../../session/account.ts';
import { plainFetch } from '../../session/browserSession.ts';
import { useLoad } from '../../state/useLoad.ts';

const none: readonly DemoAccount[] = [];
const read = (signal: AbortSignal): Promise<readonly DemoAccount[]> => readDemoAccounts(plainFetch, signal);

/** The accounts of a demo server; empty elsewhere, and until they are loaded. */
export function useDemoAccounts(): readonly DemoAccount[] {
  const { load } = useLoad(read);
  return load.name === 'loaded' ? load.value : none;
}
