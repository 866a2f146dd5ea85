import { dirname } from 'node:path';
import type { Input, SessionSpec } from '../agents/agent-adapter.ts';

/** A file that came with the goal, where the agent of a task finds it. */
export interface TaskFile {
  readonly path: string;
  /** As the person who handed it in calls it. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Whether it can be looked at as a picture. */
  readonly isPicture: boolean;
}

/** What an agent can be given. */
export interface AgentSight {
  readonly images: boolean;
  /** It goes on with a session in which it has seen the pictures. */
  readonly isResumed: boolean;
}

/** What a turn begins with: its text, which names the files that came with the goal, and their pictures where the agent sees any. */
export function turnParts(
  text: string,
  files: readonly TaskFile[],
  { images, isResumed }: AgentSight,
): readonly Input[] {
  if (files.length === 0) return [{ type: 'text', text }];
  const shown = images && !isResumed ? files.filter(({ isPicture }) => isPicture) : [];
  return [
    { type: 'text', text: `${text}\n\n${describeFiles(files, images)}` },
    ...shown.map(({ path }): Input => ({ type: 'image', path })),
  ];
}

function describeFiles(files: readonly TaskFile[], images: boolean): string {
  const lines = files.map(({ path, name, mediaType, bytes, isPicture }) => {
    const called = path.endsWith(`/${name}`) ? '' : `, called ${JSON.stringify(name)}`;
    const unseen =
      isPicture && !images ? '; you can’t be shown pictures, so say it where you would need to' : '';
    return `- ${path} (${mediaType}, ${bytes} bytes${called}${unseen})`;
  });
  return [
    'These files came with the goal. They lie outside the repository, are for reading only, and are no part of your work:',
    ...lines,
  ].join('\n');
}

/** What a session is given so that its agent finds the files, its commands by `THALOGOS_FILES`. */
export function filesFolder(
  [first]: readonly TaskFile[],
  env: Readonly<Record<string, string>>,
): Pick<SessionSpec, 'env' | 'files'> {
  if (first === undefined) return { env };
  const files = dirname(first.path);
  return { files, env: { ...env, THALOGOS_FILES: files } };
}
