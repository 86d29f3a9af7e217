import type { System } from '../../components/SystemPage.tsx';

export const zoneInsights: System = {
  name: 'Zone Insights',
  icon: 'chart',
  kept: 'Your answers and insights are kept on the server.',
  width: 'max-w-5xl',
  links: [
    { href: '/tests/', name: 'Take a test' },
    { href: '/dashboard/', name: 'Dashboard' },
  ],
};
