import type { WebSocketServer } from 'ws';

/** A server of WebSockets that takes over connections of an HTTP server; undefined where `ws` is not installed. */
export async function loadSockets(maxPayload: number): Promise<WebSocketServer | undefined> {
  const ws = await import('ws').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  });
  // Compression costs memory for each connection, and messages are short.
  return (
    ws &&
    new ws.WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: true })
  );
}
