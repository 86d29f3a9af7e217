import { type Environment, builtinEnvironments } from 'vitest/runtime';

const network = [
  'fetch',
  'Request',
  'Response',
  'Headers',
  'AbortController',
  'AbortSignal',
  'ReadableStream',
];

/** A page's document with Node's network: happy-dom's fetch does not read streams from a real server. */
const environment: Environment = {
  ...builtinEnvironments['happy-dom'],
  name: 'page-with-network',
  setup: async (global, options) => {
    const own = network.map((name) => [name, global[name]] as const);
    const page = await builtinEnvironments['happy-dom'].setup(global, options);
    for (const [name, value] of own) global[name] = value;
    return page;
  },
};

// oxlint-disable-next-line import/no-default-export -- vitest asks for it.
export default environment;
