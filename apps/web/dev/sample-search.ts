import type { SearchAnswer, SearchHit, SearchInput } from '@thalogos/contracts';
import type { Sample } from './sample-data.ts';

function everything({ goal, tasks, decisions, messages, entries }: Sample): Omit<SearchHit, 'marks'>[] {
  return [
    {
      kind: 'goal',
      id: goal.id,
      title: goal.text.split('\n')[0]?.replace('# ', '') ?? '',
      excerpt: goal.text,
      at: goal.createdAt,
      address: '/',
    },
    ...tasks.flatMap(({ id, title, branch, createdAt }): Omit<SearchHit, 'marks'>[] => [
      { kind: 'task', id, title, excerpt: `${title} ${branch}`, at: createdAt, address: `/tasks/${id}` },
      {
        ...{ kind: 'change', id, title, at: createdAt, address: `/review/${id}` },
        excerpt:
          'src/http/rate-limit.ts src/limits/store.ts const bucket = buckets.get(key) ?? fresh(key); return deny(res, 401);',
      },
      {
        ...{ kind: 'transcript', id: `${id}:4`, title, at: createdAt, address: `/tasks/${id}?at=4` },
        excerpt:
          '… ✗ sends Retry-After as whole seconds, the bucket gives back what was not used; rate limit of 14, 1.9 s',
      },
    ]),
    ...decisions.map(
      ({ id, summary, detail, createdAt }): Omit<SearchHit, 'marks'> => ({
        ...{
          kind: 'decision',
          id,
          title: summary,
          excerpt: `${summary} ${detail}`,
          at: createdAt,
          address: '/inbox',
        },
      }),
    ),
    ...messages.map(
      ({ id, content, at }): Omit<SearchHit, 'marks'> => ({
        ...{ kind: 'message', id, title: content.slice(0, 80), excerpt: content, at, address: '/' },
      }),
    ),
    ...entries.map(
      ({ tag, summary, at }): Omit<SearchHit, 'marks'> => ({
        ...{ kind: 'checkpoint', id: tag ?? '', title: summary, excerpt: `${summary} ${tag ?? ''}`, at },
        address: `/timeline/${encodeURIComponent(tag ?? '')}`,
      }),
    ),
  ];
}

/** What the sample holds of some words. */
export function sampleHits(sample: Sample, { text, kinds, limit }: SearchInput): SearchAnswer {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const hits = everything(sample)
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .filter(({ title, excerpt }) => words.every((word) => `${title} ${excerpt}`.toLowerCase().includes(word)))
    .map((hit) => {
      const from = hit.excerpt.toLowerCase().indexOf(words[0] ?? '');
      const marks = from === -1 ? [] : [{ from, to: from + (words[0]?.length ?? 0) }];
      return { ...hit, marks };
    });
  return { hits: hits.slice(0, limit), isBuilding: false };
}
