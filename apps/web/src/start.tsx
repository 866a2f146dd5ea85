import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { exchangeToken } from './lib/auth.ts';
import { App } from './shell/app.tsx';
import { fetchRest } from './shell/fetch-rest.ts';

/** Signs in with the link's token, if it has one, and draws the console. */
export async function start(): Promise<void> {
  const outcome = await exchangeToken();
  const place = document.getElementById('root');
  if (place === null) throw new Error('The page has no place to draw in');
  createRoot(place).render(
    <StrictMode>
      <App outcome={outcome} />
    </StrictMode>,
  );
  void fetchRest();
}
