type ErrorFacts = {
  readonly type?: string;
  readonly status?: number;
  readonly taskId?: string | null;
  readonly retryAfter?: number;
  readonly problem?: Problem;
  readonly cause?: unknown;
};

/** The body of an RFC 9457 problem, with its extension members (`errors`, `types`); empty where there was none. */
export type Problem = Readonly<Record<string, unknown>>;

/** A failed call; the only error class of this package. The message is the problem's `detail`. */
export class HandoffError extends Error {
  override readonly name = 'HandoffError';
  /** The problem's stable URI; `about:blank` where the server sent none. */
  readonly type: string;
  /** The HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly taskId: string | null;
  /** Milliseconds from `Retry-After`; 0 without that header. */
  readonly retryAfter: number;
  readonly problem: Problem;

  constructor(message: string, facts: ErrorFacts) {
    super(message, { cause: facts.cause });
    this.type = facts.type ?? 'about:blank';
    this.status = facts.status ?? 0;
    this.taskId = facts.taskId ?? null;
    this.retryAfter = facts.retryAfter ?? 0;
    this.problem = facts.problem ?? {};
  }
}

/** Turns an unsuccessful answer into an error, from its RFC 9457 body where there is one. */
export async function errorOf(response: Response, taskId: string | null = null): Promise<HandoffError> {
  const { status } = response;
  const problem = await readProblem(response);
  const text = (key: string): string | undefined => {
    const value = problem[key];
    return typeof value === 'string' ? value : undefined;
  };
  return new HandoffError(text('detail') ?? text('title') ?? `The server answered ${status}.`, {
    type: text('type') ?? 'about:blank',
    status,
    taskId,
    problem,
    retryAfter: secondsIn(response.headers.get('retry-after')) * 1_000,
  });
}

/** Turns a request that got no answer into an error. */
export function unreachable(cause: unknown, taskId: string | null = null): HandoffError {
  return new HandoffError('The server cannot be reached.', {
    type: 'urn:handoff:problem:unreachable',
    taskId,
    cause,
  });
}

/** The error for a successful answer with unexpected content, such as a proxy's own page. */
export function unreadable(response: Response, taskId: string | null = null): HandoffError {
  return new HandoffError('The server answered with something else than was asked for.', {
    type: 'urn:handoff:problem:unreadable',
    status: response.status,
    taskId,
  });
}

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): error is HandoffError {
  return error instanceof HandoffError && [0, 408, 425, 429, 502, 503, 504].includes(error.status);
}

/** Reads `Retry-After` as seconds. Its other form, a date, would need the server's clock. */
function secondsIn(retryAfter: string | null): number {
  return retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : 0;
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}
