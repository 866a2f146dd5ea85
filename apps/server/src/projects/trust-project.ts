import type { Trust } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { ProjectStore, StoredProject } from './project-store.ts';
import type { CommitSettings } from './read-settings.ts';
import { isHarmless, trustContent } from './settings/trust-content.ts';

/** The chain of acts that must be answerable for. */
export interface AuditTrail {
  append(entry: { who: string; what: string; onWhat: string; why: string; source: string }): unknown;
}

/** What trusting needs of its surroundings. */
export interface TrustDeps {
  readonly store: ProjectStore;
  readonly recorder: Recorder;
  readonly audit: AuditTrail;
}

/** Whether what has this hash may run: nothing but what a person accepted, or nothing at all. */
export function isTrustedBy(stored: StoredProject, hash: string): boolean {
  return stored.trusted.includes(hash);
}

/** What a project's file wants to execute or loosen, and whether a person accepted exactly that. */
export function trustOf(stored: StoredProject, settings: CommitSettings): Trust {
  if (settings.problems.length > 0) {
    const [first] = settings.problems;
    throw new Refusal(
      'bad-config',
      `${first?.file ?? 'The project file'}:${first?.line ?? 1}: ${first?.message ?? ''}`,
      {
        hint: 'Mend the file and commit it; until then nothing of it is used.',
        details: { problems: settings.problems },
      },
    );
  }
  const content = trustContent(settings.config);
  return { trusted: isHarmless(content) || isTrustedBy(stored, content.hash), ...content };
}

/** Trusts what was looked at; throws when the file says something else by now. */
export function acceptTrust(
  { store, recorder, audit }: TrustDeps,
  asked: {
    readonly stored: StoredProject;
    readonly settings: CommitSettings;
    readonly hash: string;
    readonly actor: Actor;
  },
): Trust {
  const { stored, settings, hash, actor } = asked;
  const trust = trustOf(stored, settings);
  if (trust.hash !== hash) {
    throw new Refusal(
      'conflict',
      `The project file of ${stored.project.name} is not what was looked at any more`,
      {
        hint: 'Look at it again, then trust it.',
        details: { hash: trust.hash },
      },
    );
  }
  if (trust.trusted) return trust;
  const { id } = stored.project;
  recorder.transact(() => {
    store.put({ ...stored, trusted: [...stored.trusted, hash] });
    audit.append({ who: actor.name, what: 'project.trusted', onWhat: id, why: hash, source: 'api' });
    recorder.record({
      type: 'project.trusted',
      project: id,
      session: null,
      task: null,
      by: actor.name,
      data: { hash },
    });
  });
  return { ...trust, trusted: true };
}
