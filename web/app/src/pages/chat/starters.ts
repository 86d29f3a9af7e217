import type { IconName } from '../../icons/Icon.tsx';

export type Starter = { readonly label: string; readonly icon: IconName } & (
  | { readonly does: 'ask'; readonly message: string }
  | { readonly does: 'practise' }
  | { readonly does: 'attach' }
);

const concepts = 'What are the most important concepts to know on the SAT?';
const preparing = 'How should I prepare today?';

export const cards: readonly Starter[] = [
  { label: concepts, icon: 'light', does: 'ask', message: concepts },
  { label: 'Generate a Practice Question', icon: 'quiz', does: 'practise' },
  { label: preparing, icon: 'calendar', does: 'ask', message: preparing },
];

export const quickActions: readonly Starter[] = [
  { label: 'Practice problem', icon: 'quiz', does: 'practise' },
  { label: 'Image of a problem', icon: 'image', does: 'attach' },
  { label: 'Key concepts', icon: 'light', does: 'ask', message: concepts },
  { label: 'Study plan', icon: 'calendar', does: 'ask', message: preparing },
];

/** The message for a topic outside the question mode. */
export function topicMessage(topic: string): string {
  return `What should I know about ${topic} for the SAT?`;
}
