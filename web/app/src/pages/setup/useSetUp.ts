import { useState } from 'react';
import { plainFetch } from '../../session/browserSession.ts';
import { postJson, refusalIn } from '../../session/json.ts';

export type SetUp = {
  readonly busy: boolean;
  readonly done: boolean;
  readonly problem: string | null;
  readonly submit: (username: string, password: string) => Promise<void>;
};

/** Uses the token of a link that is good once: makes the first administrator, or sets a password. */
export function useSetUp(token: string): SetUp {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (username: string, password: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await postJson(plainFetch, '/api/auth/setup/', { json: { token, username, password } });
      setDone(true);
    } catch (error) {
      setProblem(refusalIn(error) ?? 'The server cannot be reached. Please try again.');
    }
    setBusy(false);
  };
  return { busy, done, problem, submit };
}
