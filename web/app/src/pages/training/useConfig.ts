import { useEffect, useState } from 'react';
import { type TrainingConfig, defaultConfig } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';

/** What the server says of itself; the specification's own numbers until then. */
export function useConfig(): TrainingConfig {
  const [config, setConfig] = useState(defaultConfig);
  useEffect(() => {
    const asking = new AbortController();
    trainingServer
      .config(asking.signal)
      .then(setConfig)
      .catch(() => {});
    return () => asking.abort();
  }, []);
  return config;
}
