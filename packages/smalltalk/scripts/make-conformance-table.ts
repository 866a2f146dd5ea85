import { z } from 'zod';

/** What of vitest's JSON report is read. */
export const Report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

/** The tables as Markdown, and what keeps them from being whole. */
export type ConformanceTables = { readonly text: string; readonly problems: readonly string[] };

type Outcome = { readonly form: string; readonly sentence: string; readonly status: string };

const BACKENDS = ['memory', 'SQLite', 'Redis'];
// The files of the storage adapter are databases of SQLite's.
const BACKEND_OF: Readonly<Record<string, string>> = {
  memory: 'memory',
  sqlite: 'SQLite',
  file: 'SQLite',
  redis: 'Redis',
};

/** A table for each suite: a row for each of its sentences, a column for each adapter. */
export function makeConformanceTables(report: z.infer<typeof Report>): ConformanceTables {
  const suites = new Map<string, Outcome[]>();
  for (const { ancestorTitles, title, status } of report.testResults.flatMap(
    (file) => file.assertionResults,
  )) {
    const place = ancestorTitles.findIndex((name) => SUITE.test(name));
    const [, form = '', suite = ''] = SUITE.exec(ancestorTitles[place] ?? '') ?? [];
    if (suite === '') continue;
    const sentence = [...ancestorTitles.slice(place + 1), title].join(': ');
    suites.set(suite, [...(suites.get(suite) ?? []), { form, sentence, status }]);
  }
  return {
    text: [...suites].map(([suite, all]) => makeTable(suite, all)).join('\n\n'),
    problems: [...suites].flatMap(([suite, all]) => findProblems(suite, all)),
  };
}

const SUITE =
  /^(.+?),? as an? (event log|cursor store|message store|dead letter store|storage adapter|interface)$/;

function makeTable(suite: string, outcomes: readonly Outcome[]): string {
  const forms = [...new Set(outcomes.map(({ form }) => form))];
  const columns = suite === 'interface' ? forms.map((form) => ({ name: form, form })) : toBackends(forms);
  const sentences = [...new Set(outcomes.map(({ sentence }) => sentence))];
  const rows = sentences.map((sentence) => [
    sentence.replaceAll('|', String.raw`\|`),
    ...columns.map(({ form }) => toCell(form, find(outcomes, form, sentence)?.status)),
  ]);
  const heading = [`${String(sentences.length)} sentences`, ...columns.map(({ name }) => name)];
  const lines = [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`## ${suite}`, '', ...lines].join('\n');
}

/** What was not passed, or is not there at all for a form. */
function findProblems(suite: string, outcomes: readonly Outcome[]): string[] {
  const sentences = new Set(outcomes.map(({ sentence }) => sentence));
  return [...new Set(outcomes.map(({ form }) => form))].flatMap((form) =>
    [...sentences].flatMap((sentence) => {
      const { status = 'missing' } = find(outcomes, form, sentence) ?? {};
      return status === 'passed' ? [] : [`${form} as ${suite}: ${sentence}: ${status}`];
    }),
  );
}

function find(outcomes: readonly Outcome[], form: string | undefined, sentence: string): Outcome | undefined {
  return outcomes.find((one) => one.form === form && one.sentence === sentence);
}

/** A column for each backend, also for one that has no form of this port. */
function toBackends(forms: readonly string[]) {
  return BACKENDS.map((backend) => {
    const form = forms.find((name) => BACKEND_OF[name.split('-')[0] ?? ''] === backend);
    return { form, name: form === undefined ? backend : `${backend}: \`${form}\`` };
  });
}

function toCell(form: string | undefined, status: string | undefined): string {
  if (form === undefined) return 'not offered';
  return status === 'passed' ? 'yes' : status === 'failed' ? '**no**' : 'not run';
}
