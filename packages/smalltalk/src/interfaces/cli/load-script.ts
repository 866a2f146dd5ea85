import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { CloseOutcome } from '../../core/session-manager.ts';
import type { ConversationHost, ConversationInterface } from '../../types/conversation-interface.ts';
import { ValidationError } from '../../types/errors.ts';

/** What a script gives: a framework with its agents, which the command line starts, opens and stops. */
export type ScriptHost = ConversationHost & {
  readonly isRunning: boolean;
  start(): Promise<void>;
  stop(): Promise<CloseOutcome>;
  addInterface(added: ConversationInterface): Promise<void>;
};

/** What a script may say of its playground. */
export const PlaygroundConfig = z.looseObject({
  port: z.int().min(0).max(65_535).optional(),
  host: z.string().min(1).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
});
/** What a script may say of its playground. */
export type PlaygroundConfig = z.infer<typeof PlaygroundConfig>;

/** A script that has been read. */
export type Script = { readonly host: ScriptHost; readonly playground: PlaygroundConfig };

const METHODS = ['start', 'stop', 'addInterface', 'chatStream', 'createSession', 'restoreSession'] as const;

/** Runs a script and takes what it exports: by default a SmallTalk, or a function that makes one. */
export async function loadScript(file: string): Promise<Script> {
  const path = resolve(file);
  if (!existsSync(path)) throw new ValidationError(`There is no file ${path}`);
  if (['.ts', '.mts'].includes(extname(path)) && process.features.typescript === false)
    throw new ValidationError(
      `This Node (${process.version}) does not run TypeScript. Use 22.18 or newer, or compile ${file} first.`,
    );
  const module: unknown = await import(pathToFileURL(path).href);
  const exported = readExport(module, 'default');
  if (exported === undefined)
    throw new ValidationError(
      `${file} has no default export. Add: export default talk; (a SmallTalk, or a function that makes one)`,
    );
  const host: unknown = typeof exported === 'function' ? await call(exported) : exported;
  // Not instanceof: a script may have a SmallTalk of another installation.
  if (!isHost(host))
    throw new ValidationError(`The default export of ${file} is no SmallTalk and makes none`);
  const found = PlaygroundConfig.safeParse(readExport(module, 'playgroundConfig') ?? {});
  if (!found.success)
    throw new ValidationError(`playgroundConfig of ${file}: ${z.prettifyError(found.error)}`);
  return { host, playground: found.data };
}

function readExport(module: unknown, name: string): unknown {
  return typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
}

async function call(made: unknown): Promise<unknown> {
  const given: unknown = typeof made === 'function' ? await Reflect.apply(made, undefined, []) : undefined;
  return given;
}

function isHost(value: unknown): value is ScriptHost {
  if (typeof value !== 'object' || value === null) return false;
  return METHODS.every((name) => typeof Reflect.get(value, name) === 'function');
}
