import type { ReactElement } from 'react';
import { GrowingMarkdown } from '../../markdown/Markdown.tsx';
import { wordsOf } from '../../markdown/plainText.ts';
import { Dots } from '../../components/PageStates.tsx';
import { BuddyBubble } from './Bubble.tsx';
import type { ChatState } from './chatState.ts';

/**
 * The answer that is still being written. It is outside the log: a screen reader reads the answer once, when it is
 * complete.
 */
export function PendingAnswer({ state }: { readonly state: ChatState }): ReactElement | null {
  const { phase, messages } = state;
  switch (phase.name) {
    case 'idle':
    case 'timedOut':
      return null;
    case 'sending':
      return <Typing text="" note={null} />;
    case 'waiting':
      return <Typing text={phase.text} note={phase.stopping ? 'Stopping…' : phase.note} />;
    case 'revealing': {
      const shown = messages.find((message) => message.id === phase.messageId);
      if (shown?.kind !== 'answer') return null;
      return (
        <div className="mt-6">
          <BuddyBubble>
            <GrowingMarkdown text={wordsOf(shown.text).slice(0, phase.words).join('')} />
          </BuddyBubble>
        </div>
      );
    }
  }
}

function Typing({ text, note }: { readonly text: string; readonly note: string | null }): ReactElement {
  return (
    <div className="mt-6" data-testid="draft">
      <BuddyBubble>
        {text !== '' && <GrowingMarkdown text={text} />}
        <div
          role="status"
          aria-label="SAT Buddy is answering"
          className={`flex min-h-8 items-center gap-3 text-sm text-muted ${text === '' ? '' : 'mt-2'}`}
        >
          <Dots />
          {note !== null && <span>{note}</span>}
        </div>
      </BuddyBubble>
    </div>
  );
}
