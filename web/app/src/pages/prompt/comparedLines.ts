export type ComparedLine = {
  readonly text: string;
  /** Whether the other text does not have this line. */
  readonly isOwn: boolean;
};

/** The lines of a text, compared with another one; without one, none is marked. */
export function linesOf(text: string, other: string | null): readonly ComparedLine[] {
  const others = other === null ? null : new Set(other.split('\n').map((line) => line.trim()));
  return text
    .split('\n')
    .map((line) => ({
      text: line,
      isOwn: others !== null && line.trim() !== '' && !others.has(line.trim()),
    }));
}
