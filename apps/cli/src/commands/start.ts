import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { CommandContext, CommandDefinition, CommandInput, CommandResult } from '../command.ts';
import { awaitServer } from '../connection/connect.ts';
import { readServerFile } from '../connection/read-server-file.ts';
import { serverProgram, startServer } from '../connection/start-server.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the server in the foreground, or in the background with `--background`. */
export const start: CommandDefinition = {
  usage: 'start [path]',
  summary: 'serve the console and open it on a repository',
  configure: (command) =>
    command
      .option('--port <port>', 'port (default 4870, or the next free one; 0: any)')
      .option('--host <host>', 'address to listen on (default 127.0.0.1)')
      .option('--proxy <url>', 'address of the proxy that serves this server')
      .option('--no-open', 'do not open a browser')
      .option('--demo', 'begin with the demonstration project')
      .option('--background', 'go on in the background')
      .option('--keep', 'in the background, never end by itself'),
  run: (context, input) =>
    input.options.has('background') ? inBackground(context, input) : inForeground(context, input),
};

async function inBackground({ config }: CommandContext, input: CommandInput): Promise<CommandResult> {
  const running = await awaitServer(config.dataDirectory);
  if (running !== null)
    throw new Failure('already-running', `Thalogos already runs at ${running.url}`, {
      details: { pid: running.pid },
    });
  const { pid, port, url } = await startServer(config, argumentsOf(input));
  return { json: { server: { pid, port, url } }, text: `Thalogos is at ${url} (process ${pid})` };
}

/** In text the server speaks for itself; its exit code is the command's in any case. */
async function inForeground(context: CommandContext, input: CommandInput): Promise<CommandResult> {
  const { config, isJson } = context;
  const output = isJson ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [serverProgram(), ...argumentsOf(input)], {
    cwd: config.calledFrom,
    env: { ...config.environment, THALOGOS_HOME: config.dataDirectory, INIT_CWD: config.calledFrom },
    // eslint-disable-next-line no-restricted-syntax -- the server in the foreground owns the terminal
    stdio: ['inherit', output, output],
  });
  const said = listen(context, child);
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, passOn);
  const ended: readonly unknown[] = await once(child, 'close');
  for (const signal of SIGNALS) process.off(signal, passOn);
  const exit = exitOf(ended[0]);
  if (exit === EXIT.done || !isJson) return { json: null, text: '', exit };
  const kind = exit === EXIT.alreadyRuns ? 'already-running' : exit === EXIT.usage ? 'usage' : 'fault';
  throw new Failure(kind, said.join('\n') || 'The server ended on a fault');
}

/** For programs: one object once the server is there; what it says on standard error is kept for a failure. */
function listen({ config, write }: CommandContext, { stdout, stderr }: ChildProcess): readonly string[] {
  const said: string[] = [];
  if (stderr !== null) createInterface({ input: stderr }).on('line', (line) => said.push(line));
  if (stdout !== null) {
    createInterface({ input: stdout }).once('line', () => {
      void readServerFile(config.dataDirectory).then((server) => {
        if (server === null) return;
        const { pid, port, url } = server;
        write(JSON.stringify({ server: { pid, port, url } }));
      });
    });
  }
  return said;
}

function exitOf(code: unknown): ExitCode {
  return Object.values(EXIT).find((known) => known === code) ?? EXIT.failed;
}

function argumentsOf({ words, options }: CommandInput): string[] {
  const values = ['port', 'host', 'proxy'].flatMap((name) => {
    const value = options.text(name);
    return value === null ? [] : [`--${name}=${value}`];
  });
  const flags = ['demo', 'background', 'keep'].filter(options.has).map((name) => `--${name}`);
  const open = options.isOff('open') ? ['--no-open'] : [];
  const repo = words[0] ?? options.text('repo');
  return [...values, ...flags, ...open, ...(repo === null ? [] : ['--', repo])];
}
