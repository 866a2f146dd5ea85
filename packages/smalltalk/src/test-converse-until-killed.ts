import { writeSync } from 'node:fs';
import { SessionManager } from './core/session-manager.ts';
import { FileStorageAdapter } from './persistence/file-storage-adapter.ts';

// Talks in three sessions at once until someone kills it, and says each message on stdout only once it was acknowledged.
const storage = new FileStorageAdapter(process.argv[2] ?? '');
await storage.initialize();
const manager = new SessionManager(storage);
await Promise.all([1, 2, 3].map(() => converse()));

async function converse(): Promise<never> {
  // A life that also covers the moment in which a test with its own clock looks.
  const { id } = await manager.createSession({ metadata: { userId: 'u-1' }, expirationMs: 86_400_000 });
  for (let count = 1; ; count += 1) {
    const place = await manager.addMessage(id, { role: 'user', content: String(count) });
    writeSync(1, `${id} ${String(place)}\n`);
  }
}
