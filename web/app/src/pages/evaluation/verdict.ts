export type Verdict = { readonly words: string; readonly isGood: boolean };

/** What a pupil's part in the team comes to, by its factor. */
export function verdictOf(factor: number): Verdict {
  if (factor >= 1.05) return { words: 'Boven verwachting', isGood: true };
  if (factor >= 0.95) return { words: 'Naar verwachting', isGood: true };
  return { words: 'Onder verwachting', isGood: false };
}
