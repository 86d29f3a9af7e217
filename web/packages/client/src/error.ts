type ErrorFacts = {
  readonly type?: string;
  readonly status?: number;
  readonly taskId?: string | null;
  readonly retryAfter?: number;
  readonly cause?: unknown;
};

/** What went wrong when talking to the server: the one error class of this package. */
export class HandoffError extends Error {
  override readonly name = 'HandoffError';
  /** The problem's stable URI; `about:blank` where the server sent none. */
  readonly type: string;
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly taskId: string | null;
  /** How many milliseconds the server asked to wait before another try; 0 when it did not say. */
  readonly retryAfter: number;

  constructor(message: string, facts: ErrorFacts) {
    super(message, { cause: facts.cause });
    this.type = facts.type ?? 'about:blank';
    this.status = facts.status ?? 0;
    this.taskId = facts.taskId ?? null;
    this.retryAfter = facts.retryAfter ?? 0;
  }
}

/** Turns an unsuccessful answer into an error, from its RFC 9457 body where there is one. */
export async function errorOf(response: Response, taskId: string | null = null): Promise<HandoffError> {
  const problem = await readProblem(response);
  return new HandoffError(problem.detail ?? problem.title ?? `The server answered ${response.status}.`, {
    type: problem.type ?? 'about:blank',
    status: response.status,
    taskId,
    retryAfter: secondsIn(response.headers.get('retry-after')) * 1_000,
  });
}

/** Turns a request that got no answer into an error; an abort by the caller stays as it is. */
export function unreachable(cause: unknown, taskId: string | null = null): HandoffError {
  return new HandoffError('The server cannot be reached.', {
    type: 'urn:handoff:problem:unreachable',
    taskId,
    cause,
  });
}

/** `Retry-After` in its form of seconds; its other form, a date, would need the server's clock. */
function secondsIn(retryAfter: string | null): number {
  return retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : 0;
}

type Problem = { readonly type?: string; readonly title?: string; readonly detail?: string };

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return {};
    const textOf = (key: string): object => {
      const value: unknown = Reflect.get(body, key);
      return typeof value === 'string' ? { [key]: value } : {};
    };
    return { ...textOf('type'), ...textOf('title'), ...textOf('detail') };
  } catch {
    return {};
  }
}
