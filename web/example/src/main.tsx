import { createClient } from '@handoff/client';
import { HandoffContext } from '@handoff/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EventLog } from './EventLog.tsx';
import { Summary } from './Summary.tsx';

const server = createClient({ path: '/api/v1' });

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <HandoffContext value={server}>
      <Summary />
      <EventLog type="text" />
    </HandoffContext>
  </StrictMode>,
);
