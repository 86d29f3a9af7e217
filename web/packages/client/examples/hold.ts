import { holdConnection } from '@handoff/client';

export function follow(onMessage: (data: string) => void): () => void {
  return holdConnection(() => {
    const source = new EventSource('/reports/live');
    source.addEventListener('message', ({ data }: MessageEvent<string>) => onMessage(data));
    return () => source.close();
  });
}
