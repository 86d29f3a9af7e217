import type { QueuePlace } from '@handoff/client';

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** Where a task stands and when it is likely to start, such as `3rd in line, about 10 seconds`; empty for no place. */
export function englishPlace({ position, startsIn }: QueuePlace): string {
  if (position === undefined) return '';
  const place =
    position === 1 ? 'Next in line' : `${position}${endings[ordinals.select(position)] ?? 'th'} in line`;
  return startsIn === undefined ? place : `${place}, about ${roughly(startsIn.p50)}`;
}

// No finer than an estimate is worth: a text that changed each second would promise too much.
function roughly(seconds: number): string {
  if (seconds < 57.5) return inUnits(Math.max(5, Math.round(seconds / 5) * 5), 'second');
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? inUnits(minutes, 'minute') : inUnits(Math.round(minutes / 60), 'hour');
}

function inUnits(count: number, unit: string): string {
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
