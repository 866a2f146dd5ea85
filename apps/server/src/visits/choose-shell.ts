import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { OpenShell } from './shell.ts';

/** Opens a shell on a terminal of the system, and a plain one where there is none to be had. */
export function fallingBack(full: OpenShell, plain: OpenShell, onFault: (cause: unknown) => void): OpenShell {
  return async (order) => {
    try {
      return await full(order);
    } catch (cause) {
      onFault(
        new Error('Could not open a terminal of the system; a plain shell stands in for it', { cause }),
      );
      return plain(order);
    }
  };
}

/** The person's own shell, else the first that there is. */
export function findShell(host: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') return host['ComSpec'] ?? String.raw`C:\Windows\System32\cmd.exe`;
  const wished = [host['SHELL'] ?? '', '/bin/bash', '/bin/sh'];
  return wished.find((path) => isAbsolute(path) && isExecutable(path)) ?? '/bin/sh';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
