import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readModelSettings, type Script, ScriptedModel, type SmallTalk } from '@thalogos/smalltalk';

/** Variables of the environment: keys of providers, and defaults. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an example is played. */
export type Stage = {
  readonly print: (line: string) => void;
  readonly environment: Environment;
  /** An empty folder, removed afterwards. */
  readonly folder: string;
};

/**
 * The models of an example: those of the environment where the default provider has a key there, else a script.
 *
 * `OPENAI_API_KEY=… node examples/basic-chat.ts` talks with a real model.
 */
export function modelFor(environment: Environment, script: Script) {
  const { providers, target } = readModelSettings(environment);
  return {
    environment,
    // The log of an example would hide what it shows.
    log: { write: () => undefined },
    ...(target.provider in providers ? {} : { languageModel: new ScriptedModel(script) }),
  };
}

/** A script that knows what each agent says, in order; the last words are repeated. */
export function byAgent(lines: Readonly<Record<string, readonly string[]>>): Script {
  const said = new Map<string, number>();
  return ({ purpose }) => {
    const name = purpose?.agentName ?? '';
    const [place, own] = [said.get(name) ?? 0, lines[name] ?? []];
    said.set(name, place + 1);
    return own[Math.min(place, own.length - 1)] ?? 'I have nothing to say.';
  };
}

/** Starts a SmallTalk, and stops it whatever happens. */
export async function during<Result>(
  talk: SmallTalk,
  act: (talk: SmallTalk) => Promise<Result>,
): Promise<Result> {
  await talk.start();
  try {
    return await act(talk);
  } finally {
    await talk.stop();
  }
}

/** Plays an example when its file is what Node was started with; whoever imports it plays it when they like. */
export async function playDirectly(url: string, demo: (stage: Stage) => Promise<void>): Promise<void> {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  const folder = await mkdtemp(join(tmpdir(), 'smalltalk-'));
  // SmallTalk's own timers keep no process alive: a server or a terminal would.
  const alive = setInterval(() => undefined, 60_000);
  try {
    await demo({ print: (line) => process.stdout.write(`${line}\n`), environment: process.env, folder });
  } finally {
    clearInterval(alive);
    await rm(folder, { recursive: true, force: true });
  }
}
