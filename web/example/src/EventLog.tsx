import type { TaskEvent } from '@handoff/client';
import { HandoffContext, useHandoff } from '@handoff/react';
import { type ReactElement, useContext, useEffect, useState } from 'react';

type Read = { readonly of: string; readonly events: readonly TaskEvent[] };

/** Every event of the current task as it came, for whoever wants to see what goes over the wire. */
export function EventLog({ type }: { readonly type: string }): ReactElement {
  const client = useContext(HandoffContext);
  const { id, connection } = useHandoff(type);
  const [read, setRead] = useState<Read>({ of: '', events: [] });

  useEffect(() => {
    if (id === null) return undefined;
    const reading = new AbortController();
    const readAll = async (): Promise<void> => {
      setRead({ of: id, events: [] });
      for await (const event of client.events(id, { signal: reading.signal }))
        setRead(({ events }) => ({ of: id, events: [...events, event] }));
    };
    // Whether the task can be read at all is said elsewhere on the page.
    readAll().catch(() => {});
    return () => reading.abort();
  }, [client, id]);

  return (
    <details open data-connection={connection}>
      <summary>Events</summary>
      <ol aria-label="Events">
        {read.of === id &&
          read.events.map((event, index) => (
            <li key={`${event.seq} ${index}`} data-type={event.type} data-seq={event.seq}>
              {event.type === 'chunkEmitted' ? event.text : event.type}
            </li>
          ))}
      </ol>
    </details>
  );
}
