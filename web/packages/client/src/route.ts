import { HandoffError } from './error.ts';
import type { Timing } from './timing.ts';

/** How events are fetched, from the fastest transport to the one that is never blocked. */
export type Transport = 'stream' | 'longPoll' | 'poll';

const transports: readonly Transport[] = ['stream', 'longPoll', 'poll'];

/** Chooses the transport of the next transfer by how the earlier ones ended. */
export type Route = {
  readonly transport: () => Transport;
  /** Failed transfers in a row. */
  readonly failures: () => number;
  /** A poll was answered. */
  readonly answered: () => void;
  /** A transfer broke off or a stream ended early; `brought` says whether events arrived before. */
  readonly failed: (outcome: { readonly brought: boolean; readonly blocked: boolean }) => void;
  /** The network has changed: every transport may work again. */
  readonly reset: () => void;
};

export function startRoute({ streamAgain }: Timing): Route {
  let at = 0;
  let failures = 0;
  let streamsAgainAt = 0;
  let streamsPause = 0;

  const stepDown = (least: number): void => {
    if (at === 0) {
      streamsAgainAt = Date.now() + Math.max(streamsPause, least);
      streamsPause = Math.min(Math.max(streamsPause * 2, streamAgain), streamAgain * 10);
    }
    at = (at + 1) % transports.length;
    // When every transport fails, the server is unreachable: that says nothing against streams.
    if (at === 0) [streamsPause, streamsAgainAt] = [0, 0];
  };

  return {
    transport: () => transports[at]!,
    failures: () => failures,
    answered: () => {
      failures = 0;
      if (Date.now() >= streamsAgainAt) at = 0;
    },
    failed: ({ brought, blocked }) => {
      if (brought) [failures, streamsPause] = [0, 0];
      else if (blocked) stepDown(streamAgain);
      // A second failure in a row may mean that only this transport is blocked. The next one shows it at once.
      else if ((failures += 1) > 1) stepDown(0);
    },
    reset: () => ([at, failures, streamsPause] = [0, 0, 0]),
  };
}

/** Whether a proxy or the server's limits block this transport, while another one may work. */
export function isBlocked(error: unknown, transport: Transport, hasBytes: boolean): boolean {
  if (transport === 'poll' || !(error instanceof HandoffError)) return false;
  if (transport === 'stream' && error.retryAfter > 0) return true;
  const tookTooLong = error.cause instanceof Error && error.cause.name === 'TimeoutError';
  return (tookTooLong && !hasBytes) || isForeign(error);
}

/**
 * Whether a repetition cannot help. A task that is `known` is not given up for a gateway's temporary page.
 */
export function isRefusal(error: unknown, transport: Transport, known: boolean): boolean {
  if (!(error instanceof HandoffError)) return true;
  const { status } = error;
  if (isForeign(error)) return status === 401 || (transport === 'poll' && !known);
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** Whether a proxy seems to have answered in place of the server. */
function isForeign({ type, status }: HandoffError): boolean {
  if (type === 'urn:handoff:problem:unreadable') return true;
  return !type.startsWith('urn:') && status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}
