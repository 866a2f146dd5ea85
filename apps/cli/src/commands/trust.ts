import type { Trust } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';

/** Shows what the project's file wants to execute or loosen, and accepts exactly that with `--yes`. */
export const trust: CommandDefinition = {
  usage: 'trust',
  summary: 'show, or accept with --yes, what the project’s file executes or loosens',
  configure: (command) => command.option('--yes', 'accept it'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const project = await context.project(connection);
    const { projects } = connection.client;
    const shown = await projects.trust.query({ project: project.id });
    const isAccepted = options.has('yes') && !shown.trusted;
    const answer = isAccepted
      ? await projects.acceptTrust.mutate({ project: project.id, hash: shown.hash })
      : shown;
    return { json: answer, text: say(answer) };
  },
};

function say({ trusted, hash, executes, loosens }: Trust): string {
  const runs = executes.map(({ what, command }) => `  ${what}: ${command.map(quoted).join(' ')}`);
  const lifts = loosens.map((what) => `  ${what}`);
  const none = runs.length + lifts.length === 0;
  if (none) return 'The project’s file executes and loosens nothing.';
  const state = trusted
    ? `Trusted (${hash.slice(0, 12)}).`
    : `Not trusted yet (${hash.slice(0, 12)}). Accept it: thalogos trust --yes`;
  return [
    ...(runs.length === 0 ? [] : ['It executes:', ...runs]),
    ...(lifts.length === 0 ? [] : ['It loosens:', ...lifts]),
    state,
  ].join('\n');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
