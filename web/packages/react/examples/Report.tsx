import { useHandoff, usePoll } from '@handoff/react';
import type { ReactElement } from 'react';

type Status = { state: 'open' | 'done' | 'failed'; rows: number; url: string | null };

async function submit(month: string, signal: AbortSignal): Promise<{ id: string }> {
  const response = await fetch(`/reports/${month}`, { method: 'POST', signal });
  return (await response.json()) as { id: string };
}

async function readStatus(id: string, signal: AbortSignal): Promise<Status> {
  const response = await fetch(`/reports/${id}/status`, { signal });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Status;
}

export function Report({ month }: { readonly month: string }): ReactElement {
  const { id, submit: start } = useHandoff('report', { scope: month, submit });
  const { phase, value, task, look } = usePoll<Status>(id, {
    read: (signal) => readStatus(id ?? '', signal),
    isFinal: ({ state }) => state !== 'open',
    every: 2_000,
    lateAfter: 120_000,
    taskId: () => id,
  });
  return (
    <section>
      <button onClick={() => void start(month)}>Make the report</button>
      {phase === 'open' && <p>{task?.progress.message ?? `${value?.rows ?? 0} rows so far`}</p>}
      {phase === 'late' && <button onClick={() => void look()}>Still working. Check again</button>}
      {phase === 'final' && value?.url && <a href={value.url}>Download</a>}
    </section>
  );
}
