import { type RefObject, useEffect, useRef } from 'react';

/** Focuses a field when its form is opened. */
export function useFocus(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
