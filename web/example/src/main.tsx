import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EventLog } from './EventLog.tsx';
import { Summary } from './Summary.tsx';

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Summary />
    <EventLog type="text" />
  </StrictMode>,
);
