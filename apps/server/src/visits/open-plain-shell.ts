import { type ProcessOptions, type RunningProcess } from '../platform/process.ts';
import { makeLineInput } from './line-input.ts';
import type { OpenShell } from './shell.ts';

/** A shell behind plain pipes, line by line, for a machine on which no terminal can be had. */
export function makeOpenPlainShell(start: (options: ProcessOptions) => Promise<RunningProcess>): OpenShell {
  return async ({ program, cwd, environment, mark, onOutput }) => {
    const say = (text: string) => onOutput(Buffer.from(text));
    const running = await start({
      ...{ command: program, args: ['-s'], cwd, mark },
      environment: { ...environment, TERM: 'dumb' },
    });
    // A terminal wants both halves of a new line; a pipe has one.
    const tell = (bytes: Buffer) => say(bytes.toString('utf8').replaceAll(/\r?\n/g, '\r\n'));
    for (const stream of [running.stdout, running.stderr]) stream.on('data', tell);
    say('This machine gives no terminal: commands run line by line, without colours and without keys.\r\n$ ');
    const type = makeLineInput({
      echo: say,
      submit: (line) => void running.stdin.write(`${line}\n`),
      end: () => running.stdin.end(),
    });
    return {
      kind: 'plain',
      ended: running.exited.then(({ code, signal }) => `the shell ended with ${signal ?? `code ${code}`}`),
      write: type,
      resize: () => undefined,
      pause: () => void [running.stdout, running.stderr].map((stream) => stream.pause()),
      resume: () => void [running.stdout, running.stderr].map((stream) => stream.resume()),
      hangUp: () => void running.stop({ signals: ['SIGHUP'], graceMs: 200 }),
    };
  };
}
