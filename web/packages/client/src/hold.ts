import type { ClientOptions } from './http.ts';

/**
 * Keeps a connection of your own to the server, such as an `EventSource`, within what all tabs of the browser may hold
 * open. `open` opens it and returns what closes it. It is closed while the page is hidden, and opened again when the page
 * is looked at and a connection is free. Returns the function that ends it.
 */
export function holdConnection(
  open: () => () => void,
  options: Pick<ClientOptions, 'baseUrl' | 'connections'> = {},
): () => void {
  let isOver = false;
  let end = (): void => {};
  const hold = async (): Promise<void> => {
    const { holdWhileFree, limitsOf } = await import('./inBrowser.ts');
    if (!isOver) end = holdWhileFree(limitsOf(options), open);
  };
  // Where the code cannot be loaded, there is no connection.
  hold().catch(() => {});
  return () => {
    isOver = true;
    end();
  };
}
