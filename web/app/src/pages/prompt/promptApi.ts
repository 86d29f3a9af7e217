import type { Fetch } from '@handoff/client';
import { HandoffError } from '@handoff/client';
import { fieldIn, getJson, textIn } from '../../session/json.ts';

export type PromptEnd =
  | {
      readonly kind: 'done';
      readonly prompt: string;
      readonly byAi: boolean;
      readonly warning: string | null;
    }
  | { readonly kind: 'failed'; readonly error: string; readonly code: string | null }
  | { readonly kind: 'gone' };

/** The answer to a poll. */
export type PromptPoll =
  { readonly kind: 'open'; readonly progress: number; readonly message: string } | PromptEnd;

/** What an owner has left, and the server's settings. */
export type Overview = {
  readonly tokens: number;
  /** Tokens that prompts in progress hold. */
  readonly reserved: number;
  /** Tokens that a prompt holds while it is made. */
  readonly required: number;
  readonly days: number | null;
  readonly hasSubscription: boolean;
  readonly isActive: boolean;
  readonly businessType: string | null;
  readonly plan: { readonly name: string; readonly tokens: number } | null;
  readonly pollEvery: number;
  readonly pollFor: number;
  readonly notesLimit: number;
  readonly purchaseUrl: string;
  readonly upgradeUrl: string;
  readonly offline: boolean;
};

/** Notes, and whether an earlier prompt for the same notes may be returned. */
export type PromptRequest<T = string> = { readonly notes: T; readonly reuse: boolean };

/** Percentiles of a step's duration, in milliseconds. */
export type StepTime = { readonly step: string; readonly p50: number; readonly p95: number };

export type Analytics = { readonly prompts: number; readonly steps: readonly StepTime[] };

/** The calls of the page. */
export type PromptApi = {
  readonly readOverview: (signal?: AbortSignal) => Promise<Overview>;
  /** Submits notes and resolves with the id of the task. */
  readonly start: (request: PromptRequest) => Promise<string>;
  /** Submits several, all or none, and resolves with the ids of their tasks in the same order. */
  readonly startAll: (request: PromptRequest<readonly string[]>) => Promise<readonly string[]>;
  readonly poll: (taskId: string, signal: AbortSignal) => Promise<PromptPoll>;
  readonly cancel: (taskId: string) => Promise<void>;
  readonly readAnalytics: (signal?: AbortSignal) => Promise<Analytics>;
};

const calls = '/api/v1/web-knowledge';

export function promptApi(fetch: Fetch): PromptApi {
  const send = (method: 'POST' | 'PUT', url: string, body: unknown): Promise<Response> =>
    fetch(url, {
      method,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const started = async (url: string, request: unknown): Promise<unknown> => {
    const response = await send('POST', url, request);
    const body: unknown = await response.json().catch(() => null);
    if (response.status === 202) return body;
    throw new HandoffError(
      textIn(body, 'message') ?? textIn(body, 'error') ?? 'Failed to start prompt generation',
      { status: response.status },
    );
  };
  return {
    readOverview: async (signal) => overviewIn(await getJson(fetch, `${calls}/subscription/`, signal)),
    start: async ({ notes, reuse }) => {
      const body = await started(`${calls}/generate-prompt-async/`, { manual_prompt: notes, reuse });
      return textIn(body, 'task_id') ?? '';
    },
    startAll: async ({ notes, reuse }) => {
      const body = await started(`${calls}/generate-prompt-async/batch/`, { manual_prompts: notes, reuse });
      const tasks = fieldIn(body, 'tasks');
      return Array.isArray(tasks) ? tasks.map((task: unknown) => textIn(task, 'task_id') ?? '') : [];
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
    readAnalytics: async (signal) =>
      analyticsIn(await getJson(fetch, `${calls}/generate-prompt-async/analytics/`, signal)),
  };
}

function analyticsIn(body: unknown): Analytics {
  const steps = fieldIn(body, 'steps');
  const entries = typeof steps === 'object' && steps !== null ? Object.entries(steps) : [];
  return {
    prompts: numberIn(body, 'prompts', 0),
    steps: entries.map(([step, times]: [string, unknown]) => ({
      step,
      p50: numberIn(times, 'p50_ms', 0),
      p95: numberIn(times, 'p95_ms', 0),
    })),
  };
}

/** Throws for an answer without a status, so that it counts as a failed poll. */
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
      return { kind: 'done', prompt, byAi, warning: warningIn(body) };
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

/** What rules that stood in for the AI say of it, and why they did. */
function warningIn(body: unknown): string | null {
  const words = [textIn(body, 'warning'), textIn(body, 'reason')].filter((one) => one !== null);
  return words.length === 0 ? null : words.join('. ');
}

export function overviewIn(body: unknown): Overview {
  const page = fieldIn(body, 'page');
  const days = fieldIn(body, 'days_remaining');
  const plan = textIn(fieldIn(body, 'plan'), 'name');
  return {
    tokens: numberIn(body, 'tokens_remaining', 0),
    days: typeof days === 'number' ? days : null,
    reserved: numberIn(body, 'tokens_reserved', 0),
    required: numberIn(body, 'tokens_required', 0),
    hasSubscription: textIn(body, 'status') !== null,
    isActive: fieldIn(body, 'is_active') !== false,
    businessType: textIn(body, 'business_type'),
    plan:
      plan === null ? null : { name: plan, tokens: numberIn(fieldIn(body, 'plan'), 'tokens_included', 0) },
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
