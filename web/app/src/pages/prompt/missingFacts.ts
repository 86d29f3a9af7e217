/** What looks like a contact, a price or a time: anything with a digit in it, addresses of mail and of pages. */
const fact = /[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?:\/\/|www\.)\S+|[^\s,;()]*\d[^\s,;()]*(?:[ -]\d+)*/gi;

const most = 10;

/** The facts of the notes that a prompt does not have, as they stand in the notes; at most ten. */
export function missingFacts(notes: string, prompt: string): readonly string[] {
  const there = bare(prompt);
  const facts = (notes.match(fact) ?? []).map((found) => found.replace(/[.:!?]+$/, ''));
  const missing = facts.filter((one) => !there.includes(bare(one)));
  return [...new Set(missing)].slice(0, most);
}

// However it is spaced and punctuated: "555-12 34" is there as "555 1234", "8-17" as "8 – 17".
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
