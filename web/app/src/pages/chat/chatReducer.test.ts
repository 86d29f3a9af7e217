import { describe, expect, it } from 'vitest';
import { algebra, chatAfter, hello, waitingChat } from './chat.testing.ts';
import { chatReducer } from './chatReducer.ts';
import { type ChatEvent, type ChatState, emptyChat, isBusy, openQuestion } from './chatState.ts';
import { letterIn } from './conversation.ts';

const lastText = ({ messages }: ChatState): unknown => {
  const last = messages.at(-1);
  return last !== undefined && 'text' in last ? last.text : last;
};
const askedQuestion = waitingChat({ type: 'questionArrived', question: algebra, byAi: true });
const questionId = askedQuestion.messages.at(-1)!.id;
const answer = (show: 'atOnce' | 'byWord'): ChatEvent => {
  return { type: 'answerArrived', text: 'x is four', byAi: true, show };
};

describe('asking', () => {
  it('shows the message, empties the input and waits', () => {
    const image = { id: 'i1', name: 'a.png', url: '/a' };
    const state = chatAfter(
      { type: 'draftChanged', text: 'What is 2x = 8?' },
      { type: 'imageAttached', key: 'k', name: 'a.png', preview: 'blob:a' },
      { type: 'imageUploaded', key: 'k', image },
      { type: 'asked', ask: { ...hello, images: [image] } as typeof hello },
    );

    expect(state).toMatchObject({ draft: '', attachments: [], phase: { name: 'sending' } });
    expect(state.messages).toEqual([{ kind: 'user', id: 'm1', text: 'What is 2x = 8?', images: [image] }]);
    expect(isBusy(state)).toBe(true);
  });

  it('is ignored until the last answer is there', () => {
    const sending = chatAfter({ type: 'asked', ask: hello });
    const waiting = waitingChat();

    expect(chatReducer(sending, { type: 'asked', ask: hello })).toBe(sending);
    expect(chatReducer(waiting, { type: 'asked', ask: hello })).toBe(waiting);
  });

  it('offers to ask again when the task was refused, without showing the message twice', () => {
    const refused = chatAfter({ type: 'asked', ask: hello }, { type: 'taskRefused', text: 'No.' });
    const notice = refused.messages.at(-1)!;
    expect(notice).toMatchObject({ kind: 'notice', text: 'No.', retry: hello });

    const again = chatReducer(refused, { type: 'askedAgain', noticeId: notice.id });
    expect(again.messages).toHaveLength(1);
    expect(again.phase).toEqual({ name: 'sending', ask: hello });
  });

  it('leaves the question mode and names topic and difficulty', () => {
    const state = chatAfter(
      { type: 'modeChosen', mode: 'question' },
      { type: 'asked', ask: { kind: 'question', topic: 'commas', difficulty: 'hard' } },
    );

    expect(state.mode).toBe('chat');
    expect(lastText(state)).toBe('Practice question: commas (hard)');
  });
});

describe('waiting', () => {
  it('shows the answer so far and what is being done', () => {
    expect(
      waitingChat({ type: 'taskProgressed', text: 'x =', note: 'Generating response…' }).phase,
    ).toMatchObject({ name: 'waiting', taskId: 't1', text: 'x =', note: 'Generating response…' });
  });

  it.each<[ChatEvent, string]>([
    [{ type: 'taskFailed', error: 'no model' }, 'Sorry, I encountered an error: no model'],
    [{ type: 'waitTimedOut' }, 'Request timed out. Please try again.'],
    [{ type: 'taskStopped', text: 'You stopped this answer.' }, 'You stopped this answer.'],
  ])('ends with %j', (event, text) => {
    const state = waitingChat(event);

    expect(lastText(state)).toBe(text);
    expect(isBusy(state)).toBe(false);
  });

  it('says politely that a task has expired', () => {
    expect(lastText(waitingChat({ type: 'taskExpired' }))).toContain('Task not found or expired');
  });

  it('keeps what a stopped answer said so far', () => {
    const state = waitingChat(
      { type: 'taskProgressed', text: 'x =', note: null },
      { type: 'stopAsked' },
      { type: 'taskStopped', text: 'You stopped this answer.' },
    );

    expect(state.messages.map((message) => message.kind)).toEqual(['user', 'answer', 'notice']);
  });

  it('checks the same task again after a timeout', () => {
    const timedOut = waitingChat({ type: 'waitTimedOut' });
    const again = chatReducer(timedOut, { type: 'checkedAgain' });

    expect(timedOut.phase).toMatchObject({ name: 'timedOut', taskId: 't1' });
    expect(again.phase).toMatchObject({ name: 'waiting', taskId: 't1', ask: hello });
    expect(again.messages).toHaveLength(1);
  });

  it('ignores what comes for a task that is over', () => {
    const answered = waitingChat(answer('atOnce'));

    for (const late of [
      answer('atOnce'),
      { type: 'taskFailed', error: 'late' },
      { type: 'waitTimedOut' },
    ] as const) {
      expect(chatReducer(answered, late)).toBe(answered);
    }
  });
});

describe('answers', () => {
  it('are shown at once, or word by word', () => {
    const atOnce = waitingChat(answer('atOnce'));
    const byWord = waitingChat(answer('byWord'));

    expect(atOnce.phase).toEqual({ name: 'idle' });
    expect(byWord.phase).toEqual({ name: 'revealing', messageId: 't-t1', words: 0 });
    expect(chatReducer(byWord, { type: 'wordShown', of: 3 }).phase).toMatchObject({ words: 1 });
    const shown = [1, 2, 3].reduce((state) => chatReducer(state, { type: 'wordShown', of: 3 }), byWord);
    expect(shown.phase).toEqual({ name: 'idle' });
  });

  it('do not keep the person from asking the next thing while they appear', () => {
    const next = chatReducer(waitingChat(answer('byWord')), { type: 'asked', ask: hello });

    expect(next.phase.name).toBe('sending');
    expect(next.messages).toHaveLength(3);
  });
});

describe('practice questions', () => {
  it('are open until answered, and answered once', () => {
    expect(openQuestion(askedQuestion)?.id).toBe(questionId);

    const right = chatReducer(askedQuestion, { type: 'optionChosen', questionId, letter: 'B' });
    expect(right.messages.slice(-2)).toMatchObject([
      { kind: 'user', text: 'B' },
      { kind: 'verdict', chosen: 'B', question: algebra },
    ]);
    expect(openQuestion(right)).toBeNull();
    expect(chatReducer(right, { type: 'optionChosen', questionId, letter: 'A' })).toBe(right);
  });

  it('can be skipped', () => {
    const skipped = chatReducer(askedQuestion, { type: 'questionSkipped', questionId });

    expect(openQuestion(skipped)).toBeNull();
    expect(chatReducer(skipped, { type: 'optionChosen', questionId, letter: 'A' })).toBe(skipped);
  });

  it('are left behind by the next thing asked', () => {
    expect(openQuestion(chatReducer(askedQuestion, { type: 'asked', ask: hello }))).toBeNull();
  });

  it.each([
    ['b', 'B'],
    [' D ', 'D'],
    ['(a)', 'A'],
    ['C.', 'C'],
    ['E', null],
    ['AB', null],
    ['', null],
    ['4', null],
  ])('read the typed answer %j as %s', (typed, letter) => {
    expect(letterIn(typed)).toBe(letter);
  });
});

describe('the input', () => {
  it('shows a complaint until the person types on', () => {
    const refused = chatAfter({ type: 'inputRefused', complaint: 'Please enter A, B, C, or D' });

    expect(refused.complaint).toBe('Please enter A, B, C, or D');
    expect(chatReducer(refused, { type: 'draftChanged', text: 'B' }).complaint).toBeNull();
  });

  it('starts over with a new chat, with new ids', () => {
    const cleared = chatReducer(waitingChat(), { type: 'cleared' });

    expect(cleared).toEqual({ ...emptyChat, nextId: 2 });
  });
});
