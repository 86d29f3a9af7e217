import type { Step, Thumbnail } from './trainingApi.ts';

/** The index of the step at this second: the last one that has begun; -1 before the first. */
export function placeAt(steps: readonly Step[], second: number): number {
  let place = -1;
  steps.forEach((step, index) => {
    const begun = step.start <= second + 0.05;
    const latest = place < 0 || step.start >= (steps[place]?.start ?? 0);
    if (begun && latest) place = index;
  });
  return place;
}

/** The first picture within a step; null without one. */
export function pictureOf(step: Step, pictures: readonly Thumbnail[]): string | null {
  return pictures.find(({ time }) => time >= step.start && time <= step.end)?.url ?? null;
}

/** The steps with one of them moved by one. */
export function moved<T>(steps: readonly T[], place: number, by: -1 | 1): readonly T[] {
  const target = place + by;
  const from = steps[place];
  const to = steps[target];
  if (from === undefined || to === undefined) return steps;
  return steps.map((step, index) => (index === place ? to : index === target ? from : step));
}
