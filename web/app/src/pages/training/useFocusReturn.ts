import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** The buttons of a step that can get the focus back. */
export type StepButton = 'edit' | 'up' | 'down';

/** The index of a step, the button that adds one, or the text without steps. */
export type StepPlace = number | 'new' | 'none';

/** Where the focus returns after a change of the steps. */
export type FocusReturn = {
  readonly set: (place: StepPlace, button?: StepButton) => void;
  /** Returns the button that gets the focus here, once; null for none. */
  readonly take: (place: StepPlace) => StepButton | null;
};

export function useFocusReturn(): FocusReturn {
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

type Changing = { readonly form: unknown; readonly busy: boolean; readonly back: FocusReturn };

type Buttons = Readonly<Partial<Record<StepButton, RefObject<HTMLButtonElement | null>>>>;

/** After a change, returns the focus to where it began, or to what replaced it. */
export function useReturnedFocus({ form, busy, back }: Changing, place: StepPlace, buttons: Buttons): void {
  useEffect(() => {
    const wanted = form === null && !busy ? back.take(place) : null;
    if (wanted === null) return;
    const button = buttons[wanted]?.current;
    // The button of the first step that moves it up is disabled.
    const other = buttons[wanted === 'up' ? 'down' : 'up']?.current;
    (button?.disabled ? other : button)?.focus();
  });
}
