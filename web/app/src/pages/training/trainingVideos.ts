import type { System } from '../../parts/SystemPage.tsx';

/** What the pages of the training videos have in common. */
export const trainingVideos: System = {
  name: 'Training Videos',
  icon: 'video',
  kept: 'Videos that were uploaded are still being worked on.',
  width: 'max-w-6xl',
  ways: [
    { href: '/training/', name: 'Dashboard' },
    { href: '/upload/', name: 'Upload' },
  ],
};
