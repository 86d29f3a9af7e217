import { type Fetch, HandoffError } from '@handoff/client';
import { fieldIn, getJson, postJson, textIn } from '../../session/json.ts';
import { type ChatConfig, configIn } from './chatConfig.ts';
import type { Ask, HistoryTurn, UploadedImage } from './conversation.ts';
import { type TaskOutcome, outcomeOfResult } from './taskOutcome.ts';

/** The answer to a poll. */
export type Poll =
  | { readonly kind: 'processing'; readonly note: string | null }
  | { readonly kind: 'ended'; readonly outcome: TaskOutcome };

/** The calls of the page. */
export type SatBuddyApi = {
  readonly readConfig: (signal?: AbortSignal) => Promise<ChatConfig>;
  /** Submits a request and resolves with the id of its task. */
  readonly submit: (ask: Ask, history: readonly HistoryTurn[], conversationId?: string) => Promise<string>;
  readonly poll: (taskId: string, signal: AbortSignal) => Promise<Poll>;
  readonly upload: (image: File) => Promise<UploadedImage>;
};

export function satBuddyApi(fetch: Fetch): SatBuddyApi {
  return {
    readConfig: async (signal) => configIn(await getJson(fetch, '/ai/chat/config/', signal)),
    submit: async (ask, history, conversationId) =>
      taskIdIn(
        await postJson(
          fetch,
          ...requestOf(ask, history, conversationId === undefined ? {} : { conversation_id: conversationId }),
        ),
      ),
    poll: async (taskId, signal) => {
      const response = await fetch(`/ai/task/${encodeURIComponent(taskId)}/`, {
        credentials: 'same-origin',
        signal,
      });
      return pollOf(response.status, await response.json());
    },
    upload: async (image) => {
      const form = new FormData();
      form.append('image', image);
      const body = await postJson(fetch, '/ai/upload-image/', { form });
      return { id: String(fieldIn(body, 'id')), name: image.name, url: textIn(body, 'file_url') ?? '' };
    },
  };
}

function requestOf(
  ask: Ask,
  history: readonly HistoryTurn[],
  more: { readonly conversation_id?: string },
): [string, { json: unknown }] {
  if (ask.kind === 'question') {
    const { topic, difficulty } = ask;
    return ['/ai/generate-question/', { json: { topic, difficulty, ...more } }];
  }
  const images = ask.images.map((image) => image.id);
  return ['/ai/chat/message/', { json: { message: ask.message, context: '', images, history, ...more } }];
}

function taskIdIn(body: unknown): string {
  const taskId = textIn(body, 'task_id');
  if (taskId === null)
    throw new HandoffError(textIn(body, 'error') ?? 'The server named no task.', { status: 200 });
  return taskId;
}

/** Throws for an answer without a status, so that it counts as a failed poll. */
function pollOf(httpStatus: number, body: unknown): Poll {
  switch (textIn(body, 'status')) {
    case 'processing':
      return { kind: 'processing', note: textIn(body, 'message') ?? textIn(body, 'progress_message') };
    case 'completed': {
      const outcome = outcomeOfResult(body);
      if (outcome !== null) return { kind: 'ended', outcome };
      break;
    }
    case 'failed':
      return { kind: 'ended', outcome: { kind: 'failed', error: textIn(body, 'error') ?? 'Unknown error' } };
    case 'cancelled':
      return { kind: 'ended', outcome: { kind: 'stopped' } };
    case 'not_found':
      if (httpStatus === 404) return { kind: 'ended', outcome: { kind: 'expired' } };
  }
  throw new Error(`The poll was answered with ${httpStatus}.`);
}
