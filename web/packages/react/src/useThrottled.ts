import { useEffect, useRef, useState } from 'react';

/** The text, changed at most once per `every` milliseconds, so that a screen reader can finish a sentence. */
export function useThrottled(text: string, every: number): string {
  const [shown, setShown] = useState(text);
  const changedAt = useRef(0);
  useEffect(() => {
    if (text === shown) return undefined;
    const show = (): void => {
      changedAt.current = Date.now();
      setShown(text);
    };
    const timer = setTimeout(show, Math.max(0, changedAt.current + every - Date.now()));
    return () => clearTimeout(timer);
  }, [text, shown, every]);
  return shown;
}
