import { spawn } from 'node:child_process';

/** Opens an address in the person's browser, and says nothing when there is none: the address has been printed. */
export function openBrowser(url: string, platform: NodeJS.Platform): void {
  const [command, ...args] = commandFor(url, platform);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function commandFor(url: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}
