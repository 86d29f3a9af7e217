import { mask } from './formulas.ts';

const constructs: readonly RegExp[] = [
  /[`|<]/, // code, tables, HTML and automatic links
  /\\[()[\]a-z]/i, // LaTeX
  /^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s/m, // headings, quotes, lists
  /^\s{0,3}(?:[-*_=]\s*){3,}$/m, // rules and underlined headings
  /(?:\*\*|__|~~)\S|(?<!\w)[*_]\S/, // emphasis
  /\]\(|\]\[|^\[[^\]]+\]:/m, // links and images
  /https?:\/\/|www\.|\S@\S+\.\S/, // addresses that become links
];

/** Whether an answer is plain text only, so that it can be shown word by word. */
export function isPlain(answer: string): boolean {
  return !constructs.some((construct) => construct.test(answer)) && mask(answer).masked.length === 0;
}

/** The words of a text, each with the white space after it. Joined, they are the text again. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}
