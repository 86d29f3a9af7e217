import type { ReactElement } from 'react';

const drawings = {
  arrowDown: 'M12 5v14m6-6-6 6-6-6',
  arrowRight: 'M5 12h14m-6-6 6 6-6 6',
  arrowUp: 'M12 19V5m-6 6 6-6 6 6',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6l1-7Z',
  book: 'M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.5v-15Zm0 15A2.5 2.5 0 0 0 6.5 21H20v-3',
  calendar: 'M4 6h16v15H4V6Zm0 5h16M8 3v5m8-5v5',
  chart: 'M4 20V4m0 16h16M8 16v-4m4 4V8m4 8v-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevronDown: 'm6 9 6 6 6-6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h11v11H9V9Zm-3 6H4V4h11v2',
  flag: 'M5 21V4h13l-2.5 4L18 12H5',
  image: 'M4 4h16v16H4V4Zm0 12.5 5-5 4.5 4.5m1-1 2-2 3.5 3.5M15.5 9h.01',
  key: 'M14.5 9.5 21 3m-3 3 2.5 2.5M15 9a5 5 0 1 1-7.5 6.6A5 5 0 0 1 15 9Z',
  light: 'M9 18h6m-5 3h4M12 3a6 6 0 0 0-4 10.5c.7.6 1 1.3 1 2.5h6c0-1.2.3-1.9 1-2.5A6 6 0 0 0 12 3Z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  paperclip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L14.5 7',
  pencil: 'M4 20h4L19.5 8.5a2.8 2.8 0 0 0-4-4L4 16v4Zm9.5-13.5 4 4',
  plus: 'M12 5v14M5 12h14',
  quiz: 'm3.5 6.5 1.5 1.5 3-3.5M11.5 6.5H20M3.5 12.5 5 14l3-3.5M11.5 12.5H20M3.5 18.5 5 20l3-3.5M11.5 18.5H20',
  refresh: 'M20 5v5h-5M4 19v-5h5M5.5 9A7.5 7.5 0 0 1 19 8.5L20 10M4 14l1 1.5A7.5 7.5 0 0 0 18.5 15',
  shield: 'M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6l-7-3Zm-3 9 2.2 2.2L15.5 10',
  star: 'm12 4 2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.7L7 19l1.1-5.5L4 9.7 9.6 9 12 4Z',
  share:
    'M8.5 13.5 15.5 17.5M15.5 6.5 8.5 10.5M18 3.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM6 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Zm12 6a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z',
  stop: 'M8 8h8v8H8Z',
  upload: 'M12 16V4m-5 5 5-5 5 5M4 16v4h16v-4',
  video: 'M3 6h12v12H3V6Zm12 5 6-4v10l-6-4',
  warning:
    'M12 9v4.5m0 3h.01M10.5 4.5 3 18a1.7 1.7 0 0 0 1.5 2.5h15A1.7 1.7 0 0 0 21 18L13.5 4.5a1.7 1.7 0 0 0-3 0Z',
} as const;

export type IconName = keyof typeof drawings;

type IconProps = { readonly name: IconName; readonly className?: string };

/** A decorative icon. A text beside it always has the same meaning. */
export function Icon({ name, className = 'size-5' }: IconProps): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
