import type { ClientOptions } from './http.ts';
import type { Limits } from './slots.ts';

export function limitsOf({
  baseUrl = '',
  connections = 3,
}: Pick<ClientOptions, 'baseUrl' | 'connections'>): Limits {
  return { server: originOf(baseUrl), connections };
}

function originOf(baseUrl: string): string {
  try {
    return new URL(baseUrl, globalThis.location?.href).origin;
  } catch {
    return baseUrl;
  }
}
