import type { Fetch } from '@handoff/client';
import { HandoffError } from '@handoff/client';
import { fieldIn, getJson, textIn } from '../../session/json.ts';

/** How a request ended. */
export type PromptEnd =
  | {
      readonly kind: 'done';
      readonly prompt: string;
      readonly byAi: boolean;
      readonly warning: string | null;
    }
  | { readonly kind: 'failed'; readonly error: string; readonly code: string | null }
  | { readonly kind: 'gone' };

/** What one look at a task says. */
export type PromptPoll =
  { readonly kind: 'open'; readonly progress: number; readonly message: string } | PromptEnd;

/** What an owner has left, and what the server tells this page to do. */
export type Overview = {
  readonly tokens: number;
  readonly days: number | null;
  readonly hasSubscription: boolean;
  readonly businessType: string | null;
  readonly pollEvery: number;
  readonly pollFor: number;
  readonly notesLimit: number;
  readonly purchaseUrl: string;
  readonly upgradeUrl: string;
  readonly offline: boolean;
};

/** The server's side of the page. */
export type PromptApi = {
  readonly readOverview: (signal?: AbortSignal) => Promise<Overview>;
  /** Hands notes in and returns the task's id. */
  readonly start: (notes: string) => Promise<string>;
  readonly poll: (taskId: string, signal: AbortSignal) => Promise<PromptPoll>;
  readonly cancel: (taskId: string) => Promise<void>;
};

const calls = '/api/v1/web-knowledge';

export function promptApi(fetch: Fetch): PromptApi {
  return {
    readOverview: async (signal) => overviewIn(await getJson(fetch, `${calls}/subscription/`, signal)),
    start: async (notes) => {
      const response = await fetch(`${calls}/generate-prompt-async/`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ manual_prompt: notes }),
      });
      const body: unknown = await response.json().catch(() => null);
      const taskId = textIn(body, 'task_id');
      if (taskId === null)
        throw new HandoffError(
          textIn(body, 'message') ?? textIn(body, 'error') ?? 'Failed to start prompt generation',
          { status: response.status },
        );
      return taskId;
    },
    poll: async (taskId, signal) => {
      const response = await fetch(`${calls}/generate-prompt-async/status/${encodeURIComponent(taskId)}/`, {
        credentials: 'same-origin',
        signal,
      });
      return pollOf(response.status, await response.json());
    },
    cancel: async (taskId) => {
      await fetch(`${calls}/generate-prompt-async/cancel/${encodeURIComponent(taskId)}/`, {
        method: 'POST',
        credentials: 'same-origin',
      });
    },
  };
}

/** Throws for an answer that says nothing about the task, so that it counts as a failed poll. */
export function pollOf(httpStatus: number, body: unknown): PromptPoll {
  switch (textIn(body, 'status')) {
    case 'queued':
    case 'processing': {
      const progress = fieldIn(body, 'progress');
      return {
        kind: 'open',
        progress: typeof progress === 'number' ? Math.min(100, Math.max(0, progress)) : 0,
        message: textIn(body, 'message') ?? '',
      };
    }
    case 'completed': {
      const prompt = textIn(body, 'prompt');
      if (prompt === null) break;
      const byAi = fieldIn(body, 'generated_by_ai') === true;
      return { kind: 'done', prompt, byAi, warning: textIn(body, 'warning') };
    }
    case 'failed':
      return {
        kind: 'failed',
        error: textIn(body, 'error') ?? textIn(body, 'message') ?? 'Failed to generate prompt',
        code: textIn(body, 'error_code'),
      };
    case 'not_found':
      if (httpStatus === 404) return { kind: 'gone' };
  }
  throw new Error(`The poll was answered with ${httpStatus}.`);
}

export function overviewIn(body: unknown): Overview {
  const page = fieldIn(body, 'page');
  const days = fieldIn(body, 'days_remaining');
  return {
    tokens: numberIn(body, 'tokens_remaining', 0),
    days: typeof days === 'number' ? days : null,
    hasSubscription: textIn(body, 'status') !== null,
    businessType: textIn(body, 'business_type'),
    pollEvery: numberIn(page, 'poll_every_ms', 1_000),
    pollFor: numberIn(page, 'poll_for_ms', 120_000),
    notesLimit: numberIn(page, 'notes_limit', 20_000),
    purchaseUrl: textIn(page, 'purchase_url') ?? '',
    upgradeUrl: textIn(page, 'upgrade_url') ?? '',
    offline: textIn(page, 'ai_provider') === 'offline',
  };
}

function numberIn(body: unknown, field: string, otherwise: number): number {
  const value = fieldIn(body, field);
  return typeof value === 'number' && value >= 0 ? value : otherwise;
}
