import { useEffect, useState } from 'react';
import { ownFetch } from '../../session/browserSession.ts';
import { type ChatConfig, defaultConfig } from './chatConfig.ts';
import { satBuddyApi } from './satBuddyApi.ts';

/** The server's limits; null until they are known, and those of the specification when it does not tell them. */
export function useChatConfig(isLoggedIn: boolean): ChatConfig | null {
  const [config, setConfig] = useState<ChatConfig | null>(null);
  useEffect(() => {
    if (!isLoggedIn) return;
    const asking = new AbortController();
    satBuddyApi(ownFetch)
      .readConfig(asking.signal)
      .catch(() => defaultConfig)
      .then((known) => {
        if (!asking.signal.aborted) setConfig(known);
      });
    return () => asking.abort();
  }, [isLoggedIn]);
  return config;
}
