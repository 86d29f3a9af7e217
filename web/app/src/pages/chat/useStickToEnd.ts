import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Phase } from './chatState.ts';
import type { Message } from './conversation.ts';

/** This many pixels from the end still count as the end: a line may be half visible. */
const nearly = 48;

export type StickToEnd = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** What is scrolled; it and the scroller are watched for growing pictures and a growing input. */
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
};

/** Keeps the end in sight while the conversation grows, unless the person has scrolled up to read. */
export function useStickToEnd(messages: readonly Message[], phase: Phase): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const lastSent = useRef('');

  const toEnd = useCallback(() => {
    sticks.current = true;
    setIsAtEnd(true);
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearly;
    setIsAtEnd(sticks.current);
  }, []);

  useLayoutEffect(() => {
    const sent = messages.findLast((message) => message.kind === 'user')?.id ?? '';
    const isNew = sent !== lastSent.current;
    lastSent.current = sent;
    if (isNew || sticks.current) toEnd();
  }, [messages, phase, toEnd]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (sticks.current) toEnd();
    });
    for (const element of [scroller.current, content.current])
      if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [toEnd]);

  return { scroller, content, isAtEnd, onScroll, toEnd };
}
