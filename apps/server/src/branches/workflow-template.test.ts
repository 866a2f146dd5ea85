import { ProjectConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { offerWorkflow } from './workflow-template.ts';

interface Job {
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly name?: string }[];
}
interface Workflow {
  readonly on: { readonly push: { readonly branches: readonly string[] } };
  readonly permissions: object;
  readonly jobs: Readonly<Record<'tests' | 'security', Job>>;
}

const offer = (config: object) => {
  const { content, ...rest } = offerWorkflow(ProjectConfig.parse(config));
  return { ...rest, content, workflow: parse(content) as Workflow };
};
const runs = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);

describe('the workflow that is offered', () => {
  it('runs the setup and the checks of the project file, and a security scan, on session branches', () => {
    const { path, workflow } = offer({
      setup: [['npm', 'ci']],
      checks: [{ name: 'unit all', command: ['npm', 'test', '--', "it's"] }],
    });
    expect(path).toBe('.github/workflows/session-branches.yml');
    expect(workflow.on.push.branches).toEqual(['session/**']);
    expect(runs(workflow.jobs.tests)).toEqual(['npm ci', String.raw`npm test -- 'it'\''s'`]);
    expect(runs(workflow.jobs.security).join('\n')).toMatch(/gitleaks[\s\S]*osv-scanner/);
  });

  it('may read the repository and nothing else, and uses actions by their commits', () => {
    const { workflow, content } = offer({ checks: [{ name: 'a', command: ['b'] }] });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const uses = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap((step) => step.uses ?? []),
    );
    expect(uses.length).toBeGreaterThan(2);
    for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
    expect(content).not.toContain('secrets.');
  });

  it('takes what a project file says as words, never as code of the forge or of a shell', () => {
    const { workflow, content } = offer({
      checks: [{ name: 'a', command: ['echo', '${{ secrets.X }}', '$(id)', 'a\nb'] }],
    });
    expect(content.replace(/\$\{\{ github\.(workflow|ref) \}\}/g, '')).not.toContain('${{');
    expect(runs(workflow.jobs.tests)).toEqual([`echo '$''{{ secrets.X }}' '$(id)' 'a\nb'`]);
  });

  it('fails on the forge, and says so here, where there is nothing to run', () => {
    const { workflow, notes } = offer({});
    expect(runs(workflow.jobs.tests).join('')).toContain('exit 1');
    expect(notes.at(-1)).toContain('names no checks');
  });
});
