import type { Polled } from '@handoff/react';
import { refusalIn } from '../../session/json.ts';
import { Store } from '../../state/Store.ts';
import type { Keeper } from '../../state/keeper.ts';
import { isPlain, wordsOf } from '../../markdown/plainText.ts';
import type { ChatConfig } from './chatConfig.ts';
import { chatReducer } from './chatReducer.ts';
import { type ChatEvent, type ChatState, isBusy, openQuestion } from './chatState.ts';
import { type Ask, type Letter, historyOf, letterIn } from './conversation.ts';
import type { Poll, SatBuddyApi } from './satBuddyApi.ts';
import type { TaskOutcome } from './taskOutcome.ts';

export type ChatPorts = {
  readonly api: Pick<SatBuddyApi, 'submit'>;
  readonly config: ChatConfig;
  readonly keeper: Keeper<ChatState>;
  readonly cancel: (taskId: string) => Promise<void>;
  readonly prefersReducedMotion: () => boolean;
};

/** Milliseconds between two words of a plain answer. */
const perWord = 50;
/** Plain answers of this many characters are shown at once. */
const longAnswer = 2_000;

/** Events that do not change what this browser keeps over a reload. */
const unkept = new Set<ChatEvent['type']>(['inputRefused', 'inputCorrected', 'wordShown', 'taskProgressed']);

/**
 * One person's conversation: its state, the events that change it, and the calls that follow from them.
 * `useChatSession` polls its task.
 */
export class ChatSession extends Store<ChatState> {
  #reveal: ReturnType<typeof setInterval> | null = null;
  #isOpen = false;
  #isForgotten = false;
  readonly #ports: ChatPorts;

  constructor(ports: ChatPorts) {
    super(ports.keeper.read());
    this.#ports = ports;
  }

  open(): void {
    this.#isOpen = true;
    this.#keepRevealing();
  }

  close(): void {
    this.#isOpen = false;
    this.#keepRevealing();
  }

  readonly dispatch = (event: ChatEvent): void => {
    const before = this.snapshot();
    const state = chatReducer(before, event);
    if (state === before) return;
    if (!this.#isForgotten && !unkept.has(event.type)) this.#ports.keeper.write(state);
    this.set(state);
    this.#keepRevealing();
  };

  /** Handles the typed text: the answer to an open question, a topic to practise, or a message. */
  readonly send = (): void => {
    const { draft, mode, attachments } = this.snapshot();
    const text = draft.trim();
    if (text === '' || text.length > this.#ports.config.messageLimit) return;
    const question = mode === 'chat' ? openQuestion(this.snapshot()) : null;
    if (question !== null) return this.#answer(question.id, letterIn(text));
    if (mode === 'question') return this.practise(text);
    const images = attachments.map((attachment) => attachment.uploaded).filter((image) => image !== null);
    if (images.length === attachments.length) this.ask({ kind: 'chat', message: text, images });
  };

  readonly practise = (topic: string): void => {
    this.ask({ kind: 'question', topic, difficulty: this.snapshot().difficulty });
  };

  /** Ignored while another request is under way. */
  readonly ask = (ask: Ask): void => {
    if (isBusy(this.snapshot())) return;
    this.dispatch({ type: 'asked', ask });
    void this.#submit(ask);
  };

  readonly askAgain = (noticeId: string): void => {
    this.dispatch({ type: 'askedAgain', noticeId });
    const { phase } = this.snapshot();
    if (phase.name === 'sending') void this.#submit(phase.ask);
  };

  /** Asks for another answer to the last message. */
  readonly askAnew = (): void => {
    this.dispatch({ type: 'askedAnew' });
    const { phase } = this.snapshot();
    if (phase.name === 'sending') void this.#submit(phase.ask);
  };

  /** Cancels the task, and no longer waits for it. */
  readonly stop = async (): Promise<void> => {
    const { phase } = this.snapshot();
    if (phase.name !== 'waiting' || phase.stopping) return;
    this.dispatch({ type: 'stopAsked' });
    const text = await this.#ports.cancel(phase.taskId).then(
      () => 'You stopped this answer.',
      () => 'This page no longer waits for the answer, but the server could not be told to stop.',
    );
    this.dispatch({ type: 'taskStopped', text });
  };

  /** Empties the session for good, and keeps nothing any more: the person has logged out. */
  readonly forget = (): void => {
    this.#isForgotten = true;
    this.dispatch({ type: 'cleared' });
  };

  #answer(questionId: string, letter: Letter | null): void {
    if (letter === null) this.dispatch({ type: 'inputRefused', complaint: 'Please enter A, B, C, or D' });
    else this.dispatch({ type: 'optionChosen', questionId, letter });
  }

  async #submit(ask: Ask): Promise<void> {
    const { api, config } = this.#ports;
    const { messages } = this.snapshot();
    // Neither the message that is being sent nor a stopped answer to it belongs to the history.
    const earlier = messages.slice(
      0,
      messages.findLastIndex((message) => message.kind === 'user'),
    );
    const history = historyOf(earlier, config.historyLimit);
    try {
      this.dispatch({ type: 'taskAccepted', taskId: await api.submit(ask, history) });
    } catch (error) {
      const refusal = refusalIn(error);
      const reason = refusal === null ? '. Please try again.' : `: ${refusal}`;
      this.dispatch({ type: 'taskRefused', text: `Sorry, I encountered an error${reason}` });
    }
  }

  /** Handles a change of the polled task. */
  readonly take = ({ phase: polled, value, task, connection }: Polled<Poll>): void => {
    const { phase } = this.snapshot();
    if (phase.name !== 'waiting') return;
    if (polled === 'late') return this.dispatch({ type: 'waitTimedOut' });
    if (value?.kind === 'ended') {
      if (polled === 'final') this.dispatch(this.#eventOf(value.outcome));
      return;
    }
    // A question is streamed as JSON, which is not shown.
    const text = phase.ask.kind === 'chat' ? (task?.text ?? '') : '';
    const note =
      connection === 'live'
        ? (task?.waiting?.message ?? task?.progress.message ?? null)
        : (value?.note ?? phase.note);
    if (text !== phase.text || note !== phase.note) this.dispatch({ type: 'taskProgressed', text, note });
  };

  /** Shows the next words of an answer while the session is open. */
  #keepRevealing(): void {
    if (this.#isOpen && this.snapshot().phase.name === 'revealing') {
      this.#reveal ??= setInterval(() => this.#showWord(), perWord);
    } else if (this.#reveal !== null) {
      clearInterval(this.#reveal);
      this.#reveal = null;
    }
  }

  #eventOf(outcome: TaskOutcome): ChatEvent {
    switch (outcome.kind) {
      case 'answer': {
        const { text, byAi, streamed } = outcome;
        const byWord =
          !streamed && text.length < longAnswer && isPlain(text) && !this.#ports.prefersReducedMotion();
        return { type: 'answerArrived', text, byAi, show: byWord ? 'byWord' : 'atOnce' };
      }
      case 'question':
        return { type: 'questionArrived', question: outcome.question, byAi: outcome.byAi };
      case 'failed':
        return { type: 'taskFailed', error: outcome.error };
      case 'stopped':
        return { type: 'taskStopped', text: 'This answer was stopped.' };
      case 'expired':
        return { type: 'taskExpired' };
    }
  }

  #showWord(): void {
    const { phase, messages } = this.snapshot();
    if (phase.name !== 'revealing') return;
    const shown = messages.find((message) => message.id === phase.messageId);
    this.dispatch({ type: 'wordShown', of: shown?.kind === 'answer' ? wordsOf(shown.text).length : 0 });
  }
}
