/** What the pages are called, by the beginning of their paths. */
const places: readonly (readonly [string, string])[] = [
  ['/ai/', 'SAT Buddy'],
  ['/web-knowledge/', 'Prompt generation'],
  ['/tests/', 'Zone Insights'],
  ['/test/', 'Zone Insights'],
  ['/loading-results/', 'Zone Insights'],
  ['/dashboard/', 'Zone Insights'],
  ['/results/', 'Zone Insights'],
  ['/evaluaties/', 'Team Evaluatie'],
  ['/training/', 'Training Videos'],
  ['/upload/', 'Training Videos'],
];

/** The name of the place that a path leads to; null for the home page and what has no name. */
export function nextPlace(path: string): string | null {
  const asFolder = path.replace(/[?#].*/, '').replace(/\/?$/, '/');
  return places.find(([start]) => asFolder.startsWith(start))?.[1] ?? null;
}
