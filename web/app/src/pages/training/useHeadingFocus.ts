import { useEffect, useRef } from 'react';

/** Focuses the page's heading when another state of the page has taken away what had the focus. */
export function useHeadingFocus(state: string | null): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== null && before.current !== state && document.activeElement === document.body) {
      document.querySelector<HTMLElement>('main h1')?.focus();
    }
    before.current = state;
  }, [state]);
}
