import { describe, expect, it } from 'vitest';
import { missingFacts, withFacts } from './missingFacts.ts';

describe('missingFacts', () => {
  it('finds numbers and addresses that the prompt left out', () => {
    const notes = 'bakery, open 8-17, tel 555 12 34, bread 1,50 EUR, mail hi@baker.test, www.baker.test.';

    expect(missingFacts(notes, 'Call 555-1234. Open 8 – 17. Bread is 1.50 EUR.')).toEqual([
      'hi@baker.test',
      'www.baker.test',
    ]);
    expect(missingFacts(notes, 'You are an assistant.')).toContain('555 12 34');
  });

  it('asks for nothing where the notes have no facts, or the prompt has them all', () => {
    expect(missingFacts('a friendly bakery', 'You are…')).toEqual([]);
    expect(missingFacts('open 8-17', 'OPEN 8-17')).toEqual([]);
    expect(missingFacts('1 2 3 4 5 6 7 8 9 10 11 12, 13, 14', '')).not.toHaveLength(0);
  });
});

it('adds the lines of the notes that have a missing fact, once each', () => {
  const notes = 'We sell bread.\nopen 8-17, tel 555 12 34\nbe warm; cake 4.50';
  const prompt = 'You sell bread.\n';
  const added = withFacts(prompt, notes, missingFacts(notes, prompt));

  expect(added).toBe('You sell bread.\n\n## Also from the notes\n- open 8-17, tel 555 12 34\n- cake 4.50');
  expect(missingFacts(notes, added)).toEqual([]);
});
