import { fieldIn, textIn } from '../../session/json.ts';

/** The server's limits and settings. */
export type ChatConfig = {
  /** Milliseconds between two polls. */
  readonly pollEvery: number;
  readonly pollAtMost: number;
  readonly messageLimit: number;
  readonly imageLimit: number;
  readonly imageMaxBytes: number;
  readonly historyLimit: number;
  /** Whether answers come without an AI model. */
  readonly offline: boolean;
  readonly topics: readonly string[];
};

/** The limits of the specification, used when the server's cannot be read. */
export const defaultConfig: ChatConfig = {
  pollEvery: 1_000,
  pollAtMost: 60,
  messageLimit: 4_000,
  imageLimit: 5,
  imageMaxBytes: 5 * 1024 * 1024,
  historyLimit: 10,
  offline: false,
  topics: ['Algebra', 'Reading', 'Writing'],
};

export function configIn(body: unknown): ChatConfig {
  const positive = (field: string, otherwise: number): number => {
    const value = fieldIn(body, field);
    return typeof value === 'number' && value > 0 ? value : otherwise;
  };
  const topics = fieldIn(body, 'topics');
  const named = Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : [];
  return {
    pollEvery: positive('poll_every_ms', defaultConfig.pollEvery),
    pollAtMost: positive('poll_at_most', defaultConfig.pollAtMost),
    messageLimit: positive('message_limit', defaultConfig.messageLimit),
    imageLimit: positive('image_limit', defaultConfig.imageLimit),
    imageMaxBytes: positive('image_max_bytes', defaultConfig.imageMaxBytes),
    historyLimit: positive('history_limit', defaultConfig.historyLimit),
    offline: textIn(body, 'ai_provider') === 'offline',
    topics: named.length > 0 ? named : defaultConfig.topics,
  };
}
