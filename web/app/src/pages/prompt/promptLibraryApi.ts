import { type Fetch, HandoffError } from '@handoff/client';
import { ownFetch } from '../../session/browserSession.ts';
import { getJson, textIn } from '../../session/json.ts';

/** A prompt that was saved under a name. */
export type LibraryEntry = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly versions: number;
  readonly updated_at: string;
};

export type PromptVersion = {
  readonly version: number;
  readonly prompt: string;
  /** The notes that it was generated from; empty when there were none. */
  readonly notes: string;
  readonly created_at: string;
};

/** A saved prompt with its versions, the newest first. */
export type LibraryPrompt = {
  readonly id: string;
  readonly name: string;
  readonly versions: readonly PromptVersion[];
};

export type NamedPrompt = { readonly name: string; readonly prompt: string; readonly notes: string };

export type PromptLibrary = {
  readonly list: (signal?: AbortSignal) => Promise<readonly LibraryEntry[]>;
  readonly read: (id: string, signal?: AbortSignal) => Promise<LibraryPrompt>;
  /** Saves a new prompt; with an id, another version of that one. */
  readonly save: (content: NamedPrompt, id: string | null) => Promise<LibraryPrompt>;
  readonly remove: (id: string) => Promise<void>;
};

const path = '/api/v1/web-knowledge/saved-prompts';

export function promptLibraryApi(fetch: Fetch): PromptLibrary {
  const send = async (method: 'POST' | 'DELETE', url: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url, {
      method,
      credentials: 'same-origin',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw new HandoffError(textIn(answer, 'message') ?? 'The prompt could not be saved', {
      status: response.status,
    });
  };
  const of = (id: string): string => `${path}/${encodeURIComponent(id)}`;
  return {
    list: async (signal) =>
      ((await getJson(fetch, path, signal)) as { readonly prompts: readonly LibraryEntry[] }).prompts,
    read: async (id, signal) => (await getJson(fetch, of(id), signal)) as LibraryPrompt,
    save: async (content, id) =>
      (await send('POST', id === null ? path : `${of(id)}/versions`, content)) as LibraryPrompt,
    remove: async (id) => void (await send('DELETE', of(id))),
  };
}

/** The server in the name of the person who is logged in. */
export const promptLibrary = promptLibraryApi(ownFetch);
