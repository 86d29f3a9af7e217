/** Keeps a value in the browser's storage. */
export type Keeper<T> = { readonly read: () => T; readonly write: (value: T) => void };

/** `valueIn` reads what was stored, and null for nothing. A storage that is full or forbidden keeps nothing. */
export function keeper<T>(storage: Storage, key: string, valueIn: (stored: unknown) => T): Keeper<T> {
  return {
    read: () => {
      try {
        return valueIn(JSON.parse(storage.getItem(key) ?? 'null'));
      } catch {
        return valueIn(null);
      }
    },
    write: (value) => {
      try {
        storage.setItem(key, JSON.stringify(value));
      } catch {
        // A reload starts without it.
      }
    },
  };
}
