import type { TaskEvent } from './event.ts';
import type { Sink, Turns } from './feed.ts';
import { groupOf } from './group.ts';
import type { ClientOptions } from './http.ts';
import { limitsOf } from './limits.ts';
import { type Release, isHidden, lockManager, mayHold, onHoldChange, takeLock, takeSlot } from './slots.ts';
import type { QueuePlace } from './task.ts';
import { type Timing, pause } from './timing.ts';

/** What the tab that reads a task tells the others. `connection` is null when it cannot read any more. */
type Told = {
  readonly events: readonly TaskEvent[];
  readonly last: number;
  readonly connection: 'live' | 'polling' | null;
  readonly isReset: boolean;
  /** The task's place in its line, where it changed. */
  readonly queue?: QueuePlace | null;
};

export type Place = {
  readonly taskId: string;
  readonly options: ClientOptions;
  readonly timing: Timing;
  readonly sink: Sink;
  /** Called when this tab should look again at what it may do. */
  readonly onTurn: () => void;
};

/** A tab asks the server itself at least this often whether it may still read the task. */
const ownReadEvery = 60_000;

/**
 * The part of one tab in following a task. Of the tabs with the same credentials one reads the task, and tells the others
 * what it reads; when it is closed, crashes or is hidden, another one takes over. A tab listens only after the server has
 * let it read the task itself.
 */
export class Tab implements Turns {
  readonly #place: Place;
  #channel: BroadcastChannel | null = null;
  #lock = '';
  #leads = true;
  #isAdmitted = false;
  /** When this tab last read from the server itself. */
  #readAt = 0;
  #heard: Told['connection'] = null;
  #heardAt = 0;
  #told: Told['connection'] = null;
  #candidacy: AbortController | null = null;
  #resign: Release = () => {};
  #mayHold = mayHold();
  #beats: ReturnType<typeof setInterval> | undefined;
  readonly #stop: Release;

  private constructor(place: Place) {
    this.#place = place;
    this.sink = this.#sinkOf(place);
    this.#stop = onHoldChange(() => this.#onHoldChange());
  }

  static async enter(place: Place): Promise<Tab> {
    const tab = new Tab(place);
    const canShare = lockManager() !== null && typeof BroadcastChannel !== 'undefined';
    const group = canShare ? await groupOf(place.options).catch(() => null) : null;
    if (group !== null) await tab.#join(`handoff:1:${group}:${place.taskId}`);
    return tab;
  }

  /** The place's sink, which also tells the other tabs. */
  readonly sink: Sink;

  #sinkOf({ sink }: Place): Sink {
    return {
      ...sink,
      onEvents: (events, connection) => {
        [this.#isAdmitted, this.#readAt] = [true, Date.now()];
        sink.onEvents(events, this.#isTold() ? (this.#heard ?? connection) : connection);
        this.#tell(connection, { events });
      },
      onReset: () => {
        sink.onReset();
        this.#tell(null, { isReset: true });
      },
      onQueue: (queue) => {
        sink.onQueue(queue);
        this.#tell(this.#told, { queue });
      },
      onTask: (task) => {
        [this.#isAdmitted, this.#readAt] = [true, Date.now()];
        sink.onTask(task);
        this.#tell('polling', { last: task.lastEvent });
      },
      onInterrupted: () => {
        if (this.#isTold()) return;
        sink.onInterrupted();
        this.#tell(null, {});
      },
    };
  }

  /** Takes the right to hold a connection to the task's events open; null when the task is to be polled. */
  async take(): Promise<Release | null> {
    return this.#leads ? takeSlot(limitsOf(this.#place.options)) : null;
  }

  /** Waits; longer where another tab reads or nobody looks. Rejects when the signal aborts. */
  async rest(wait: number, signal: AbortSignal): Promise<void> {
    const { timing } = this.#place;
    await pause(isHidden() ? Math.max(wait, timing.hiddenPoll) : wait, signal);
    while (this.#isTold() && Date.now() - this.#readAt < ownReadEvery) await pause(timing.poll, signal);
  }

  close(): void {
    this.#stop();
    this.#withdraw();
    this.#channel?.close();
  }

  async #join(name: string): Promise<void> {
    this.#lock = name;
    this.#leads = false;
    this.#channel = new BroadcastChannel(name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Told>) => this.#hear(data));
    await this.#stand();
  }

  /** Reads the task for all tabs if nobody does, or else as soon as nobody does any more. */
  async #stand(): Promise<void> {
    if (isHidden()) return;
    const candidacy = new AbortController();
    const { signal } = candidacy;
    this.#candidacy = candidacy;
    const lead = (release: Release | null): void => {
      if (release === null) return;
      if (signal.aborted) return release();
      [this.#leads, this.#resign] = [true, release];
      this.#beats = setInterval(() => this.#tell(this.#told, {}), this.#place.timing.poll);
      this.#place.onTurn();
    };
    lead(await takeLock(this.#lock, { ifAvailable: true }));
    if (!this.#leads && !signal.aborted) void takeLock(this.#lock, { signal }).then(lead);
  }

  #withdraw(): void {
    this.#candidacy?.abort();
    clearInterval(this.#beats);
    this.#resign();
    this.#resign = () => {};
  }

  #onHoldChange(): void {
    const before = this.#mayHold;
    this.#mayHold = mayHold();
    if (before === this.#mayHold) return;
    if (this.#channel !== null) {
      this.#withdraw();
      this.#leads = false;
      void this.#stand();
    }
    this.#place.onTurn();
  }

  #isTold(): boolean {
    return !this.#leads && this.#heard !== null && Date.now() - this.#heardAt < 3 * this.#place.timing.poll;
  }

  #tell(connection: Told['connection'], more: Partial<Told>): void {
    if (!this.#leads || this.#channel === null) return;
    this.#told = connection;
    const told: Told = { events: [], last: this.#place.sink.last(), isReset: false, ...more, connection };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel reaches its own origin only.
    this.#channel.postMessage(told);
  }

  #hear({ events, last, connection, isReset, queue }: Told): void {
    if (this.#leads || !this.#isAdmitted) return;
    const { sink, onTurn } = this.#place;
    const wasTold = this.#isTold();
    [this.#heard, this.#heardAt] = [connection, Date.now()];
    if (isReset) sink.onReset();
    if (connection === null) {
      // Once only: while the server is away, this tab waits as long between two calls as if it were alone.
      if (wasTold || isReset) onTurn();
      return;
    }
    const fresh = events.filter(({ seq }) => seq > sink.last());
    const isWhole = fresh[0] === undefined ? last <= sink.last() : fresh[0].seq === sink.last() + 1;
    if (!isWhole) return onTurn();
    if (queue !== undefined) sink.onQueue(queue);
    sink.onEvents(fresh, connection);
    if (sink.isTerminal()) onTurn();
  }
}
