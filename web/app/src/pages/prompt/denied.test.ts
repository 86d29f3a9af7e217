import { expect, it } from 'vitest';
import { deniedReason } from './denied.ts';
import { overviewIn } from './promptApi.ts';

function reason(body: Record<string, unknown>): string | null {
  const usual = {
    status: 'active',
    is_active: true,
    tokens_remaining: 1_000,
    tokens_reserved: 0,
    tokens_required: 700,
    days_remaining: 9,
  };
  return deniedReason(overviewIn({ ...usual, ...body }))?.words ?? null;
}

it('is none where a prompt can be generated', () => {
  expect(reason({})).toBeNull();
  expect(reason({ days_remaining: null, tokens_remaining: 700 })).toBeNull();
});

it('has the words of the server', () => {
  expect(reason({ status: null })).toBe('No active subscription found');
  expect(reason({ is_active: false })).toBe('Subscription has been deactivated');
  expect(reason({ is_active: false, days_remaining: 0 })).toBe('Subscription has expired');
  expect(reason({ tokens_remaining: 0 })).toBe('No tokens remaining in subscription');
  expect(reason({ tokens_remaining: 699 })).toBe('Insufficient tokens. Required: 700, Available: 699');
});

it('counts what other prompts hold', () => {
  expect(reason({ tokens_reserved: 700 })).toBe('Insufficient tokens. Required: 700, Available: 300');
});
