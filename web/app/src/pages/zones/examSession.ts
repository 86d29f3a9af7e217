import { Store } from '../../state/Store.ts';
import type { AnswerChange, Exam, Question, ZonesApi } from './zonesApi.ts';

export type Given = {
  readonly letter: string | null;
  readonly text: string;
  readonly marked: boolean;
  readonly visited: boolean;
};

export type ExamPhase = 'answering' | 'asking' | 'timeOver' | 'submitting' | 'redirecting';

export type ExamState = {
  readonly questions: readonly Question[];
  readonly given: Readonly<Record<number, Given>>;
  /** Index of the question shown. */
  readonly at: number;
  readonly secondsLeft: number;
  readonly phase: ExamPhase;
  readonly problem: string | null;
};

export type ExamPorts = {
  readonly api: Pick<ZonesApi, 'answer' | 'logTime' | 'submit' | 'quit'>;
  readonly now: () => number;
  /** Milliseconds from the end of the time until the test is submitted by itself. */
  readonly autoSubmitAfter: number;
  readonly onSubmitted: (id: number) => void;
  readonly onQuit: () => void;
};

export const submitFailed = 'Failed to submit test. Please try again.';
const notSaved = 'Your last answer could not be saved. It will be sent again when you submit.';

export function isAnswered(given: Given | undefined): boolean {
  return given !== undefined && (given.letter !== null || given.text.trim() !== '');
}

/** A test that is being taken: its answers, its time, and its submit. */
export class ExamSession extends Store<ExamState> {
  #timer: ReturnType<typeof setInterval> | null = null;
  #autoSubmit: ReturnType<typeof setTimeout> | null = null;
  #unsaved = new Map<number, AnswerChange>();
  #saving: Promise<unknown> = Promise.resolve();
  #shownSince: number;
  readonly #id: number;
  readonly #begun: Date;
  readonly #deadline: number;
  readonly #ports: ExamPorts;

  constructor(exam: Exam, ports: ExamPorts) {
    super(initialState(exam));
    this.#id = exam.session.id;
    this.#begun = new Date(exam.session.start_time);
    this.#ports = ports;
    this.#shownSince = ports.now();
    this.#deadline = ports.now() + exam.seconds_left * 1000;
  }

  /** Starts the clock. The display stops while the page is closed; the deadline does not. */
  open(): void {
    this.#timer ??= setInterval(() => this.#tick(), 250);
    this.#tick();
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#autoSubmit !== null) clearTimeout(this.#autoSubmit);
    this.#timer = null;
    this.#autoSubmit = null;
  }

  readonly choose = (letter: string | null): void => {
    this.#give({ letter });
    this.#save({ selected_answer: letter });
  };

  readonly type = (text: string): void => this.#give({ text });

  readonly keepText = (): void => {
    this.#save({ text_answer: this.#given().text });
  };

  readonly clear = (): void => {
    this.#give({ letter: null, text: '' });
    this.#save({ selected_answer: null, text_answer: null });
  };

  readonly mark = (): void => {
    const marked = !this.#given().marked;
    this.#give({ marked });
    this.#save({ marked_for_review: marked });
  };

  readonly goTo = (at: number): void => {
    if (at === this.snapshot().at || this.snapshot().questions[at] === undefined) return;
    this.#logTime();
    this.#set({ at });
    this.#give({ visited: true });
  };

  readonly ask = (): void => this.#set({ phase: 'asking', problem: null });

  readonly goOn = (): void => {
    if (this.snapshot().phase === 'asking') this.#set({ phase: 'answering' });
  };

  readonly submit = async (): Promise<void> => {
    const { phase } = this.snapshot();
    if (phase === 'submitting' || phase === 'redirecting') return;
    this.#set({ phase: 'submitting', problem: null });
    this.#logTime();
    await this.#saving;
    try {
      for (const [question, change] of this.#unsaved)
        await this.#ports.api.answer(this.#id, question, change);
      await this.#ports.api.submit(this.#id, this.#begun, new Date(this.#ports.now()));
    } catch {
      return this.#set({ phase: this.#isOver() ? 'timeOver' : 'answering', problem: submitFailed });
    }
    this.close();
    this.#set({ phase: 'redirecting' });
    this.#ports.onSubmitted(this.#id);
  };

  readonly quit = async (): Promise<void> => {
    try {
      await this.#ports.api.quit(this.#id);
    } catch {
      return this.#set({ problem: 'The test could not be quit. Please try again.' });
    }
    this.close();
    this.#ports.onQuit();
  };

  readonly dismiss = (): void => this.#set({ problem: null });

  #isOver(): boolean {
    return this.#ports.now() >= this.#deadline;
  }

  #tick(): void {
    const secondsLeft = Math.max(0, Math.ceil((this.#deadline - this.#ports.now()) / 1000));
    if (secondsLeft !== this.snapshot().secondsLeft) this.#set({ secondsLeft });
    const { phase } = this.snapshot();
    if (secondsLeft > 0 || (phase !== 'answering' && phase !== 'asking') || this.#autoSubmit !== null) return;
    this.#set({ phase: 'timeOver' });
    this.#autoSubmit = setTimeout(() => void this.submit(), this.#ports.autoSubmitAfter);
  }

  #question(): number {
    return this.snapshot().questions[this.snapshot().at]?.id ?? 0;
  }

  #given(): Given {
    return (
      this.snapshot().given[this.#question()] ?? { letter: null, text: '', marked: false, visited: true }
    );
  }

  #give(change: Partial<Given>): void {
    const given = { ...this.snapshot().given, [this.#question()]: { ...this.#given(), ...change } };
    this.#set({ given });
  }

  // Calls are made one after the other, so that the last answer wins.
  #save(change: AnswerChange): void {
    const question = this.#question();
    this.#unsaved.set(question, { ...this.#unsaved.get(question), ...change });
    this.#saving = this.#saving.then(async () => {
      const latest = this.#unsaved.get(question);
      if (latest === undefined) return;
      try {
        await this.#ports.api.answer(this.#id, question, latest);
        if (this.#unsaved.get(question) === latest) this.#unsaved.delete(question);
      } catch {
        this.#set({ problem: notSaved });
      }
    });
  }

  #logTime(): void {
    const now = this.#ports.now();
    const seconds = Math.round((now - this.#shownSince) / 1000);
    this.#shownSince = now;
    const question = this.#question();
    this.#saving = this.#saving.then(() =>
      // Lost seconds are not reported.
      this.#ports.api.logTime(this.#id, question, seconds).catch(() => {}),
    );
  }

  #set(change: Partial<ExamState>): void {
    this.set({ ...this.snapshot(), ...change });
  }
}

function initialState(exam: Exam): ExamState {
  const given = exam.answers.map((answer, at): [number, Given] => [
    answer.question,
    {
      letter: answer.selected_answer,
      text: answer.text_answer ?? '',
      marked: answer.marked_for_review,
      visited: at === 0 || answer.visit_count > 0,
    },
  ]);
  return {
    questions: exam.questions,
    given: Object.fromEntries(given),
    at: 0,
    secondsLeft: exam.seconds_left,
    phase: 'answering',
    problem: null,
  };
}
