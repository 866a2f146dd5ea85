import type { Oid, ProjectId, Verification } from '@thalogos/contracts';
import { readTrailers } from '../git/commit-message.ts';
import { THALOGOS_EMAIL } from '../git/git.ts';
import { type LoggedCommit, logCommits } from '../git/log-commits.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { verifySignature } from '../git/verify-signature.ts';
import type { TimelineDeps, TimelinePlace } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';
import { type Problem, verifyTags } from './verify-tags.ts';

/** Checks every commit and tag of ours on `main`, and the audit chain against the tags. */
export async function verifyProject(deps: TimelineDeps, project: ProjectId): Promise<Verification> {
  const place = deps.place(project);
  const rows = deps.book.landed(project);
  const { allowedSigners } = await deps.keys.signing();
  const commits = await verifyCommits(place, rows, allowedSigners);
  const tags = await verifyTags(deps, { place, rows, allowedSigners });
  const chain = deps.audit.verify();
  const audit = chain.kind === 'whole' ? [] : [{ what: `audit entry ${chain.brokenAt}`, why: chain.why }];
  const problems = [...commits.problems, ...tags.problems, ...audit];
  const entries = chain.kind === 'whole' ? chain.entries : chain.brokenAt - 1;
  return {
    ok: problems.length === 0,
    checked: { commits: commits.checked, tags: tags.checked, audit: entries },
    problems,
  };
}

async function verifyCommits(
  place: TimelinePlace,
  rows: readonly TimelineRow[],
  allowedSigners: string,
): Promise<{ checked: number; problems: readonly Problem[] }> {
  const head = await resolveRef(place.hub, `refs/heads/${place.project.branch}`);
  if (head === null)
    return {
      checked: 0,
      problems: [{ what: place.project.branch, why: 'The branch is gone from the hub.' }],
    };
  const first = rows[0]?.base ?? null;
  // Before the first checkpoint nothing is ours.
  const history = first === null ? [] : await logCommits(place.hub, { from: head, without: first });
  const known = new Set(history.map((commit) => commit.oid));
  const ours = history.filter(isOurs);
  const verdicts = await Promise.all(ours.map((commit) => verifyCommit(place, commit, allowedSigners)));
  const lost = rows.flatMap(({ entry }) =>
    entry.commit !== null && !known.has(entry.commit)
      ? [
          {
            what: entry.tag ?? entry.save,
            why: `Its commit ${entry.commit} is not on ${place.project.branch} any more.`,
          },
        ]
      : [],
  );
  const unsigned = unsignedCheckpoints(history, rows);
  return { checked: ours.length, problems: [...verdicts.flat(), ...unsigned, ...lost] };
}

/** Made by us, by what it says of itself; whoever takes that out of a commit also changes its name, which the tags know. */
function isOurs(commit: LoggedCommit): boolean {
  return commit.committer.email === THALOGOS_EMAIL;
}

function isCheckpoint(commit: LoggedCommit): boolean {
  return isOurs(commit) && readTrailers(commit.message).some((trailer) => trailer.key === 'Thalogos-Save');
}

/** Checkpoints whose commit does not say that it is one. */
function unsignedCheckpoints(
  history: readonly LoggedCommit[],
  rows: readonly TimelineRow[],
): readonly Problem[] {
  const byOid = new Map(history.map((commit) => [commit.oid, commit]));
  return rows.flatMap(({ entry }) => {
    const commit = entry.commit === null ? undefined : byOid.get(entry.commit);
    return commit === undefined || isCheckpoint(commit)
      ? []
      : [{ what: entry.tag ?? entry.save, why: `Its commit ${commit.oid} was not made by a Save.` }];
  });
}

async function verifyCommit(
  { hub }: TimelinePlace,
  { oid, message }: LoggedCommit,
  allowedSigners: string,
): Promise<readonly Problem[]> {
  const verdict = await verifySignature(hub, { oid, type: 'commit', allowedSigners });
  if (verdict.kind === 'good') return [];
  const title = message.split('\n', 1)[0] ?? '';
  return [
    {
      what: `commit ${oid}`,
      why:
        verdict.kind === 'unsigned'
          ? `It is not signed (${title}).`
          : `Its signature is not good (${title}): ${verdict.reason}`,
    },
  ];
}

/** The commands with which a person verifies by hand, without Thalogos. */
export async function verifyCommands(deps: TimelineDeps, project: ProjectId): Promise<readonly string[]> {
  const { hub, project: facts } = deps.place(project);
  const { allowedSigners } = await deps.keys.signing();
  const git = `git -C ${quote(facts.path)} -c gpg.format=ssh -c gpg.ssh.allowedSignersFile=${quote(allowedSigners)}`;
  const tags = deps.book
    .landed(project)
    .flatMap(({ entry }) => (entry.tag === null ? [] : [`${git} verify-tag ${entry.tag}`]));
  const head: Oid | null = await resolveRef(hub, `refs/heads/${facts.branch}`);
  return [...tags, `${git} log --show-signature --committer=${THALOGOS_EMAIL} ${head ?? facts.branch}`];
}

function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
