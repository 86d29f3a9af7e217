import { type HandoffClient, createClient } from '@handoff/client';
import { createContext } from 'react';

/** The client of the hooks below it. Default: a client of the page's own origin, with its cookies. */
export const HandoffContext = createContext<HandoffClient>(createClient());
