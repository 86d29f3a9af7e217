import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** The buttons of a step that the focus comes back to. */
export type StepButton = 'edit' | 'up' | 'down';

/** A step, the button that adds one, or the place where there are none. */
export type StepPlace = number | 'new' | 'none';

/** Where the focus goes once a change of the steps is done. */
export type WayBack = {
  readonly set: (place: StepPlace, button?: StepButton) => void;
  /** The button here that gets the focus; null where none does. Tells it only once. */
  readonly take: (place: StepPlace) => StepButton | null;
};

export function useWayBack(): WayBack {
  const wanted = useRef<{ readonly place: StepPlace; readonly button: StepButton } | null>(null);
  const set = useCallback((place: StepPlace, button: StepButton = 'edit') => {
    wanted.current = { place, button };
  }, []);
  const take = useCallback((place: StepPlace) => {
    if (wanted.current?.place !== place) return null;
    const { button } = wanted.current;
    wanted.current = null;
    return button;
  }, []);
  return { set, take };
}

type Changing = { readonly form: unknown; readonly busy: boolean; readonly back: WayBack };

type Buttons = Readonly<Partial<Record<StepButton, RefObject<HTMLButtonElement | null>>>>;

/** Puts the focus back to where a change began, or to what is there in its place, once the change is done. */
export function useFocusBack({ form, busy, back }: Changing, place: StepPlace, buttons: Buttons): void {
  useEffect(() => {
    const wanted = form === null && !busy ? back.take(place) : null;
    if (wanted === null) return;
    const button = buttons[wanted]?.current;
    // A step that has come to the top cannot go up any more.
    const other = buttons[wanted === 'up' ? 'down' : 'up']?.current;
    (button?.disabled ? other : button)?.focus();
  });
}
