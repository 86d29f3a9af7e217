import type { Fetch } from '@handoff/client';
import { type JsonRequest, refusalOf } from '../../session/json.ts';

export type Step = {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly notes: string;
  readonly isManual: boolean;
};

export type ModuleState = 'processing' | 'ready' | 'failed';

export type ModuleStatus = {
  readonly status: ModuleState;
  readonly progress: number;
  readonly message: string;
  readonly error: string | null;
  readonly title: string;
};

export type ListedModule = ModuleStatus & {
  readonly id: string;
  readonly description: string;
  readonly createdAt: string;
  readonly totalDuration: number;
  readonly generated_by_ai: boolean;
  readonly thumbnail: string | null;
};

export type Thumbnail = { readonly time: number; readonly url: string };

export type TrainingModule = ModuleStatus & {
  readonly id: string;
  readonly description: string;
  readonly steps: readonly Step[];
  readonly totalDuration: number;
  readonly videoUrl: string;
  readonly generated_by_ai: boolean;
  readonly thumbnails: readonly Thumbnail[];
  readonly taskId: string | null;
  readonly hasVideo: boolean;
  readonly hasCaptions: boolean;
  /** Why the AI did not make it; null where it did, or was not asked. */
  readonly aiFailure: string | null;
};

export type SharedModule = {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly transcript: string;
};

/** A link to a module as its owner sees it. Nobody can read its token again. */
export type Share = {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly transcript: boolean;
};

export type TrainingConfig = {
  readonly poll_every_ms: number;
  readonly slow_after_ms: number;
  readonly poll_for_ms: number;
  readonly upload_max_bytes: number;
  readonly ai_provider: string;
  readonly media_complete: boolean;
};

/** The settings of the specification, used when the server's cannot be read. */
export const defaultConfig: TrainingConfig = {
  poll_every_ms: 3_000,
  slow_after_ms: 20_000,
  poll_for_ms: 300_000,
  upload_max_bytes: 100 * 1024 * 1024,
  ai_provider: '',
  media_complete: true,
};

/** Durations of the stages of processing, by name. */
export type Stages = Readonly<
  Partial<Record<string, { readonly count: number; readonly p50_ms: number; readonly p95_ms: number }>>
>;

/** A change of a module's steps. Indexes count from 0. */
export type StepEdit =
  | { readonly action: 'add'; readonly steps: readonly [NewStep]; readonly stepIndex?: number }
  | { readonly action: 'update'; readonly steps: readonly [Step]; readonly stepIndex: number }
  | { readonly action: 'delete'; readonly stepIndex: number }
  | { readonly action: 'reorder'; readonly steps: readonly Step[] };

export type NewStep = Pick<Step, 'start' | 'end' | 'title' | 'description'>;

export type Asked = {
  readonly userMessage: string;
  readonly currentStep: number;
  readonly videoTime: number;
  readonly moduleId: string;
};

/** The calls of the pages. */
export type TrainingApi = {
  readonly config: (signal?: AbortSignal) => Promise<TrainingConfig>;
  readonly modules: (signal?: AbortSignal) => Promise<readonly ListedModule[]>;
  readonly times: () => Promise<Stages>;
  readonly module: (id: string, signal?: AbortSignal) => Promise<TrainingModule>;
  readonly status: (id: string, signal?: AbortSignal) => Promise<ModuleStatus>;
  readonly shared: (id: string, signal?: AbortSignal) => Promise<SharedModule>;
  readonly shares: (id: string, signal?: AbortSignal) => Promise<readonly Share[]>;
  /** Makes a link to a module; gives its token. */
  readonly share: (id: string, terms: { readonly transcript: boolean }) => Promise<string>;
  readonly endShare: (id: string, share: string) => Promise<void>;
  readonly rename: (id: string, title: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly reprocess: (id: string) => Promise<void>;
  /** Stops the processing. Steps that the module has stay. */
  readonly cancel: (id: string) => Promise<void>;
  readonly edit: (id: string, edit: StepEdit) => Promise<void>;
  readonly rewrite: (id: string, text: string) => Promise<string>;
  readonly ask: (asked: Asked) => Promise<string>;
};

export function trainingApi(fetch: Fetch): TrainingApi {
  const get = <T>(path: string, signal?: AbortSignal): Promise<T> => call(fetch, 'GET', path, { signal });
  const post = <T>(path: string, json: unknown): Promise<T> => call(fetch, 'POST', path, { json });
  return {
    config: (signal) => get('/api/training/config', signal),
    modules: async (signal) =>
      (await get<{ readonly modules: readonly ListedModule[] }>('/api/modules', signal)).modules,
    times: async () => (await get<{ readonly stages: Stages }>('/api/training/analytics')).stages,
    module: (id, signal) => get(`/api/modules/${id}`, signal),
    status: (id, signal) => get(`/api/upload/status/${id}`, signal),
    shared: async (id, signal) =>
      (await get<{ readonly module: SharedModule }>(`/api/share/${id}`, signal)).module,
    shares: async (id, signal) =>
      (await get<{ readonly shares: readonly Share[] }>(`/api/modules/${id}/shares`, signal)).shares,
    share: async (id, terms) =>
      (await post<{ readonly token: string }>(`/api/modules/${id}/shares`, terms)).token,
    endShare: (id, share) => call(fetch, 'DELETE', `/api/modules/${id}/shares/${share}`),
    rename: (id, title) => call(fetch, 'PUT', `/api/modules/${id}`, { json: { title } }),
    remove: (id) => call(fetch, 'DELETE', `/api/modules/${id}`),
    reprocess: (id) => call(fetch, 'POST', `/api/reprocess/${id}`),
    cancel: (id) => call(fetch, 'POST', `/api/modules/${id}/cancel`),
    edit: (id, edit) => post(`/api/steps/${id}`, edit),
    rewrite: async (id, text) =>
      (await post<{ readonly text: string }>(`/api/steps/${id}/rewrite`, { text })).text,
    ask: async (asked) =>
      (await post<{ readonly response: string }>('/api/ai/contextual-response', asked)).response,
  };
}

async function call<T>(fetch: Fetch, method: string, path: string, request: JsonRequest = {}): Promise<T> {
  const { json, signal } = request;
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(signal && { signal }),
    ...(json !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }),
  });
  if (!response.ok) throw await refusalOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
