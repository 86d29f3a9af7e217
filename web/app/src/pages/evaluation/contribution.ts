export type Contribution = { readonly words: string; readonly isGood: boolean };

/** Rates a pupil's contribution to the team by its factor. */
export function contributionOf(factor: number): Contribution {
  if (factor >= 1.05) return { words: 'Boven verwachting', isGood: true };
  if (factor >= 0.95) return { words: 'Naar verwachting', isGood: true };
  return { words: 'Onder verwachting', isGood: false };
}
