/** What only pages need, where tabs share few connections: it is loaded with the first task that is followed. */
export { held } from './held.ts';
export { Tab } from './tab.ts';
export { holdWhileFree } from './holdWhileFree.ts';
export { limitsOf } from './limits.ts';
