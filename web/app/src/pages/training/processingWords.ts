/** The message for a percentage, used when the server sends none. */
export function wordsAt(progress: number): string {
  if (progress < 10) return 'Starting AI analysis...';
  if (progress < 30) return 'Analyzing video content...';
  if (progress < 50) return 'Extracting learning steps...';
  if (progress < 70) return 'Enhancing with AI...';
  if (progress < 90) return 'Finalizing training module...';
  return 'Almost ready...';
}

/** The stages shown to users, and the percentage from which each is done. */
export const parts: readonly { readonly name: string; readonly from: number }[] = [
  { name: 'Upload & validation', from: 10 },
  { name: 'AI video analysis', from: 30 },
  { name: 'Step extraction', from: 60 },
  { name: 'AI enhancement', from: 90 },
  { name: 'Finalizing module', from: 100 },
];

/** Formats seconds as minutes and seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The seconds in "1:05", "65" or "65.5"; null for anything else. */
export function secondsIn(text: string): number | null {
  const parted = /^\s*(?:(\d{1,4}):)?(\d{1,6}(?:\.\d{1,3})?)\s*$/.exec(text);
  return parted === null ? null : Number(parted[1] ?? 0) * 60 + Number(parted[2]);
}
