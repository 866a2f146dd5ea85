import { access, constants } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { allowedEnvironment, startProcess } from '../platform/process.ts';
import { makeBubblewrapSandbox } from './bubblewrap.ts';
import { type Host, makePlainSandbox, type Sandbox } from './contain.ts';
import { bubblewrapArguments } from './walls.ts';

/** What is tried, and for whom. */
export interface SandboxChoice {
  readonly host: Host;
  readonly dataDirectory: string;
  /** `none` is a person's own wish to do without. */
  readonly wanted: 'auto' | 'none';
}

/** Milliseconds in which a trial has to end; it takes ten. */
const TRIAL_MS = 5000;

/** The strongest sandbox that works on this machine, found by trying it once. */
export async function chooseSandbox({ host, dataDirectory, wanted }: SandboxChoice): Promise<Sandbox> {
  const bwrap = wanted === 'none' ? null : await findBubblewrap(host);
  if (bwrap === null || !(await works(bwrap, host))) return makePlainSandbox(host);
  return makeBubblewrapSandbox({ bwrap, host, dataDirectory });
}

async function findBubblewrap(host: Host): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const folders = [...(host['PATH'] ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '');
  for (const folder of folders) {
    const file = join(folder, 'bwrap');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** Some kernels and containers have the program and forbid what it needs. */
async function works(bwrap: string, host: Host): Promise<boolean> {
  const walls = {
    ...{ cwd: tmpdir(), systemIsWritable: false, hidden: ['/home'], network: false, asNobody: true },
    ...{ readable: [], writable: [], locked: [] },
  };
  try {
    const trial = await startProcess({
      command: bwrap,
      args: [...bubblewrapArguments(walls), 'true'],
      cwd: '/',
      environment: allowedEnvironment(host),
      mark: 'sandbox',
    });
    trial.stdout.resume();
    trial.stderr.resume();
    const late = setTimeout(() => void trial.stop({ signals: [], graceMs: 0 }), TRIAL_MS);
    const { code } = await trial.exited;
    clearTimeout(late);
    return code === 0;
  } catch {
    return false;
  }
}
