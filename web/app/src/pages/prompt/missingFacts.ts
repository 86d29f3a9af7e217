/** Matches contacts, prices and times: anything with a digit in it, and addresses of mail and of pages. */
const fact = /[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?:\/\/|www\.)\S+|[^\s,;()]*\d[^\s,;()]*(?:[ -]\d+)*/gi;

const most = 10;

/** The facts of the notes that are missing in a prompt, as written in the notes; at most ten. */
export function missingFacts(notes: string, prompt: string): readonly string[] {
  const there = bare(prompt);
  const facts = (notes.match(fact) ?? []).map((found) => found.replace(/[.:!?]+$/, ''));
  const missing = facts.filter((one) => !there.includes(bare(one)));
  return [...new Set(missing)].slice(0, most);
}

/** The prompt with each line of the notes that has a missing fact. */
export function withFacts(prompt: string, notes: string, facts: readonly string[]): string {
  const lines = notes
    .split(/\n|;\s+/)
    .map((line) => line.trim())
    .filter((line) => facts.some((one) => line.includes(one)));
  return `${prompt.trimEnd()}\n\n## Also from the notes\n${[...new Set(lines)].map((line) => `- ${line}`).join('\n')}`;
}

// Spaces and punctuation do not count: "555-12 34" matches "555 1234", and "8-17" matches "8 – 17".
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
