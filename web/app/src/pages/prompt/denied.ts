import type { Overview } from './promptApi.ts';

/** Why the server would refuse to generate a prompt, in its words and with its code. */
export type DeniedReason = { readonly code: string; readonly words: string };

/** Null where a prompt can be generated. The checks are those of the server, in its order. */
export function deniedReason(overview: Overview): DeniedReason | null {
  const { hasSubscription, isActive, days, tokens, reserved, required } = overview;
  if (!hasSubscription) return { code: 'no_subscription', words: 'No active subscription found' };
  if (days === 0) return { code: 'subscription_expired', words: 'Subscription has expired' };
  if (!isActive) return { code: 'subscription_deactivated', words: 'Subscription has been deactivated' };
  if (tokens <= 0) return { code: 'no_tokens_remaining', words: 'No tokens remaining in subscription' };
  const left = Math.max(0, tokens - reserved);
  return left < required
    ? { code: 'insufficient_tokens', words: `Insufficient tokens. Required: ${required}, Available: ${left}` }
    : null;
}
