import type { System } from '../../components/SystemPage.tsx';

export const trainingVideos: System = {
  name: 'Training Videos',
  icon: 'video',
  kept: 'Videos that were uploaded are still being worked on.',
  width: 'max-w-6xl',
  links: [
    { href: '/training/', name: 'Dashboard' },
    { href: '/upload/', name: 'Upload' },
  ],
};
