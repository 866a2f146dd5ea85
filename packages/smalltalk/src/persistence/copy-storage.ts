import type { StorageAdapter } from './storage-adapter.ts';

/** What was copied; what was there already is left as it is. */
export type StorageCopy = { readonly sessions: number; readonly values: number; readonly kept: number };

/** So many sessions are read and written together. */
const PAGE = 100;

/** Copies what another storage does not have, whatever their forms: a backup, or the way back. Both are open. */
export async function copyStorage(from: StorageAdapter, to: StorageAdapter): Promise<StorageCopy> {
  const { copied: sessions, kept } = await copySessions(from, to);
  const values = await copyValues(from, to);
  return { sessions, values: values.copied, kept: kept + values.kept };
}

async function copySessions(from: StorageAdapter, to: StorageAdapter) {
  const ids = (await from.listSessions()).map(({ id }) => id);
  let [copied, kept] = [0, 0];
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = ids.slice(at, at + PAGE);
    const there = await Promise.all(page.map((id) => to.hasSession(id)));
    const missing = page.filter((_, index) => there[index] !== true);
    kept += page.length - missing.length;
    copied += await to.saveSessions([...(await from.getSessions(missing)).values()]);
  }
  return { copied, kept };
}

async function copyValues(from: StorageAdapter, to: StorageAdapter) {
  let [copied, kept] = [0, 0];
  for (const key of await from.keys()) {
    const value = await from.get(key);
    if (value !== null && (await to.compareAndSet(key, null, value))) copied += 1;
    else kept += 1;
  }
  return { copied, kept };
}
