import { type RefObject, useEffect, useRef } from 'react';

/** For the field of a form that was just opened by whoever is going to write there. */
export function useFocus(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
