import { useEffect } from 'react';

/** Names the document after what it shows, so that tabs can be told apart; null leaves the page's own title. */
export function usePageTitle(shown: string | null, system: string): void {
  useEffect(() => {
    if (shown !== null) document.title = `${shown} · ${system}`;
  }, [shown, system]);
}
