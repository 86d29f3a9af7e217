/** What is said where the picture of a video cannot be shown. */
export const notPlayed =
  'This browser cannot play this video. It may be in a format that browsers do not know.';

/** A browser plays what it can: of some videos only the sound. */
export const onlySound =
  'This browser plays only the sound of this video. It does not know the format of its picture.';

/**
 * Says why a video does not play: in the server's own words where it refuses the file, else that the browser cannot play
 * it.
 */
export async function playFailure(src: string, fetching: typeof fetch = fetch): Promise<string> {
  try {
    const answer = await fetching(src, { headers: { Range: 'bytes=0-0' } });
    if (answer.ok) return notPlayed;
    const body: unknown = await answer.json();
    return isRefusal(body) ? body.error : notPlayed;
  } catch {
    return 'The video could not be loaded. Please check your connection.';
  }
}

function isRefusal(body: unknown): body is { readonly error: string } {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';
}
