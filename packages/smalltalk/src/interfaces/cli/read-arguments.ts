import { parseArgs } from 'node:util';
import { ValidationError } from '../../types/errors.ts';

/** What somebody asked of the command line. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'talk'; readonly file: string; readonly sessionId: string | undefined }
  | {
      readonly kind: 'playground';
      readonly file: string;
      readonly port: number | undefined;
      readonly host: string | undefined;
    };

/** What `smalltalk help` says. */
export const USAGE = `smalltalk SCRIPT [--session ID]                  talk with the agents of a script
smalltalk playground SCRIPT [-p PORT] [-h HOST]  the same in a browser, with REST and WebSockets
smalltalk help | --version

A script exports a SmallTalk, or a function that makes one, by default; for the
playground it may export playgroundConfig { port, host, title, description }.
An option counts before SMALLTALK_PLAYGROUND_PORT and SMALLTALK_PLAYGROUND_HOST,
and these before the script.`;

/** Reads the arguments of the command line. @throws ValidationError with what is wrong. */
export function readArguments(given: readonly string[]): Command {
  const { values, positionals } = parse(given);
  if (values.version === true) return { kind: 'version' };
  const [first, second] = positionals;
  if (values.help === true || first === undefined || first === 'help') return { kind: 'help' };
  if (first !== 'playground') return { kind: 'talk', file: first, sessionId: values.session };
  if (second === undefined) throw new ValidationError('smalltalk playground needs a script');
  return { kind: 'playground', file: second, port: readPort(values.port), host: values.host };
}

/** A port as somebody wrote it; undefined where nothing was written. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ValidationError(`A port is a number up to 65535, not ${text}`);
  return port;
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        port: { type: 'string', short: 'p' },
        host: { type: 'string', short: 'h' },
        session: { type: 'string', short: 's' },
        help: { type: 'boolean' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (cause) {
    throw new ValidationError(cause instanceof Error ? cause.message : String(cause), [], cause);
  }
}
