/** A new version 4 UUID. `crypto.randomUUID` is missing on pages that are not served over HTTPS. */
export function newConversationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The conversation that the address names; null for none. */
export function conversationInAddress(): string | null {
  const id = new URLSearchParams(location.search).get('chat');
  return id !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}

export function addressOf(id: string | null): string {
  return id === null ? location.pathname : `${location.pathname}?chat=${id}`;
}
