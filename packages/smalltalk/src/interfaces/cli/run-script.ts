import { ValidationError } from '../../types/errors.ts';
import { performShutdown } from '../../core/shut-down.ts';
import { WebInterface } from '../web/web-interface.ts';
import { CliInterface } from './cli-interface.ts';
import { loadScript, type ScriptHost } from './load-script.ts';
import { type Command, readPort } from './read-arguments.ts';

/** What running a script needs of its process. */
export type ScriptProcess = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Resolves when somebody wants the process to end. */
  readonly told: Promise<void>;
};

/** Talks with the agents of a script at the terminal until the person leaves; gives the exit code. */
export async function talk(
  { file, sessionId }: Extract<Command, { kind: 'talk' }>,
  { told }: ScriptProcess,
): Promise<number> {
  const { host } = await loadScript(file);
  const cli = new CliInterface({ name: 'smalltalk-cli', ...(sessionId !== undefined && { sessionId }) });
  return run(host, async () => {
    await host.addInterface(cli);
    await Promise.race([cli.ended, told]);
  });
}

/** Serves the playground of a script until the process is told to end; gives the exit code. */
export async function serve(
  { file, port, host: bound }: Extract<Command, { kind: 'playground' }>,
  { environment, print, told }: ScriptProcess,
): Promise<number> {
  const { host, playground } = await loadScript(file);
  const web = new WebInterface({
    name: 'smalltalk-playground',
    ui: 'playground',
    title: playground.title ?? 'SmallTalk playground',
    description: playground.description ?? '',
    port: port ?? readPort(environment['SMALLTALK_PLAYGROUND_PORT']) ?? playground.port ?? 3126,
    host: bound ?? environment['SMALLTALK_PLAYGROUND_HOST'] ?? playground.host ?? '127.0.0.1',
  });
  return run(host, async () => {
    await host.addInterface(web).catch((error: unknown) => {
      throw toPortError(error);
    });
    print(`The playground is at ${web.address}; its API is described at ${web.address}/openapi.json`);
    await told;
  });
}

/** A script may have started its framework itself. Sessions that could not be saved make the process fail. */
async function run(host: ScriptHost, work: () => Promise<void>): Promise<number> {
  try {
    if (!host.isRunning) await host.start();
    await work();
  } catch (error) {
    await performShutdown(host);
    throw error;
  }
  return performShutdown(host);
}

function toPortError(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return error;
  const port = 'port' in error ? String(error.port) : '';
  return new ValidationError(`Port ${port} is in use. Choose another one: -p PORT`, ['port'], error);
}
