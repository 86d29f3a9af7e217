import type { Followed } from '@handoff/client';
import { refusalIn } from '../../session/json.ts';
import { isPlain, wordsOf } from '../../markdown/plainText.ts';
import { awaitOutcome } from './awaitOutcome.ts';
import type { ChatConfig } from './chatConfig.ts';
import { chatReducer } from './chatReducer.ts';
import { type ChatEvent, type ChatState, isBusy, openQuestion } from './chatState.ts';
import { type Ask, type Letter, historyOf, letterIn } from './conversation.ts';
import type { ConversationKeeper } from './keptConversation.ts';
import type { SatBuddyApi } from './satBuddyApi.ts';
import type { TaskOutcome } from './taskOutcome.ts';

/** Everything outside that a conversation needs. */
export type ChatPorts = {
  readonly api: SatBuddyApi;
  readonly config: ChatConfig;
  readonly keeper: ConversationKeeper;
  readonly follow: (
    taskId: string,
    signal: AbortSignal,
    onChange: (followed: Followed) => void,
  ) => Promise<unknown>;
  readonly cancel: (taskId: string) => Promise<void>;
  readonly prefersReducedMotion: () => boolean;
};

/** Milliseconds a word of a plain answer waits for the one before it. */
const perWord = 50;
/** Plain answers of this many characters or more are shown at once. */
const longAnswer = 2_000;

/** What changes nothing that a reload brings back. */
const passing = new Set<ChatEvent['type']>([
  'draftChanged',
  'inputRefused',
  'inputCorrected',
  'wordShown',
  'taskProgressed',
]);

/**
 * One person's conversation: the state, what happens to it, and the work that follows from it. It may be closed
 * and opened again; a task under way goes on without it and is picked up by the next `open`.
 */
export class ChatSession {
  #state: ChatState;
  #listeners = new Set<() => void>();
  #waiting: AbortController | null = null;
  #reveal: ReturnType<typeof setInterval> | null = null;
  #isOpen = false;
  #isForgotten = false;
  readonly #ports: ChatPorts;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#state = ports.keeper.load();
  }

  readonly snapshot = (): ChatState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Starts to follow the state's task, if it has one. */
  open(): void {
    this.#isOpen = true;
    this.#workOn();
  }

  close(): void {
    this.#isOpen = false;
    this.#workOn();
  }

  readonly dispatch = (event: ChatEvent): void => {
    const before = this.#state;
    this.#state = chatReducer(before, event);
    if (this.#state === before) return;
    this.#workOn();
    if (!this.#isForgotten && !passing.has(event.type)) {
      this.#ports.keeper.save(this.#state);
    }
    this.#listeners.forEach((listener) => listener());
  };

  /** Takes what the person typed: the answer to an open question, a topic to practise or a message. */
  readonly send = (): void => {
    const { draft, mode, attachments } = this.#state;
    const text = draft.trim();
    if (text === '' || text.length > this.#ports.config.messageLimit) return;
    const question = mode === 'chat' ? openQuestion(this.#state) : null;
    if (question !== null) return this.#answer(question.id, letterIn(text));
    if (mode === 'question') return this.practise(text);
    const images = attachments.map((attachment) => attachment.uploaded).filter((image) => image !== null);
    if (images.length === attachments.length) this.ask({ kind: 'chat', message: text, images });
  };

  readonly practise = (topic: string): void => {
    this.ask({ kind: 'question', topic, difficulty: this.#state.difficulty });
  };

  /** Asks something; ignored while something else is under way. */
  readonly ask = (ask: Ask): void => {
    if (isBusy(this.#state)) return;
    this.dispatch({ type: 'asked', ask });
    void this.#submit(ask);
  };

  readonly askAgain = (noticeId: string): void => {
    this.dispatch({ type: 'askedAgain', noticeId });
    if (this.#state.phase.name === 'sending') void this.#submit(this.#state.phase.ask);
  };

  /** Stops the task and the waiting for it. */
  readonly stop = async (): Promise<void> => {
    const { phase } = this.#state;
    if (phase.name !== 'waiting' || phase.stopping) return;
    this.dispatch({ type: 'stopAsked' });
    const text = await this.#ports.cancel(phase.taskId).then(
      () => 'You stopped this answer.',
      () => 'This page no longer waits for the answer, but the server could not be told to stop.',
    );
    this.dispatch({ type: 'taskStopped', text });
  };

  /** Ends the session for good: nothing of it is kept any more. */
  readonly forget = (): void => {
    this.#isForgotten = true;
    this.close();
  };

  #answer(questionId: string, letter: Letter | null): void {
    if (letter === null) this.dispatch({ type: 'inputRefused', complaint: 'Please enter A, B, C, or D' });
    else this.dispatch({ type: 'optionChosen', questionId, letter });
  }

  async #submit(ask: Ask): Promise<void> {
    const { api, config } = this.#ports;
    const { messages } = this.#state;
    // What is being asked now is not history, nor is a stopped answer to it.
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

  /** Brings timers and connections in line with the state. */
  #workOn(): void {
    const { phase } = this.#state;
    const shouldWait = this.#isOpen && phase.name === 'waiting' && !phase.stopping;
    if (!shouldWait) {
      this.#waiting?.abort();
      this.#waiting = null;
    } else if (this.#waiting === null) {
      this.#waiting = new AbortController();
      void this.#wait(phase.taskId, phase.ask, this.#waiting.signal);
    }
    if (this.#isOpen && phase.name === 'revealing') {
      this.#reveal ??= setInterval(() => this.#showWord(), perWord);
    } else if (this.#reveal !== null) {
      clearInterval(this.#reveal);
      this.#reveal = null;
    }
  }

  async #wait(taskId: string, ask: Ask, signal: AbortSignal): Promise<void> {
    const { api, config, follow } = this.#ports;
    const outcome = await awaitOutcome({
      every: config.pollEvery,
      atMost: config.pollAtMost,
      signal,
      poll: (pollSignal) => api.poll(taskId, pollSignal),
      follow: (followSignal, onChange) => follow(taskId, followSignal, onChange),
      // A question streams as the JSON it is made of, which is nothing to show.
      onSight: ({ text, note }) =>
        this.dispatch({ type: 'taskProgressed', text: ask.kind === 'chat' ? text : '', note }),
    });
    this.#waiting = null;
    this.dispatch(outcome.kind === 'timedOut' ? { type: 'waitTimedOut' } : this.#eventOf(outcome));
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
    const { phase, messages } = this.#state;
    if (phase.name !== 'revealing') return;
    const shown = messages.find((message) => message.id === phase.messageId);
    this.dispatch({ type: 'wordShown', of: shown?.kind === 'answer' ? wordsOf(shown.text).length : 0 });
  }
}
