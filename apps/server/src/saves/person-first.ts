import type { ProjectId } from '@thalogos/contracts';
import type { SavesDeps } from './save-deps.ts';
import type { Settlers } from './settle.ts';

/** Puts what people have decided about the very same conflict before every rule. */
export function personFirst(
  { conflicts }: Pick<SavesDeps, 'conflicts'>,
  project: ProjectId,
  rules: Settlers,
): Settlers {
  const person = conflicts.settler(project);
  return { settle: [person.settle, ...rules.settle], key: `${person.key} ${rules.key}` };
}
