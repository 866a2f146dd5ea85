import { type ChatMessage, MAX_GOAL_BYTES, type Decision, type Goal, type Task } from '@thalogos/contracts';
import { makeRepository, type ScriptedProvider, startScriptedProvider } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until, write } from './test-server.ts';

let server: TestServer;
let provider: ScriptedProvider;
/** What the model says to whatever it is asked. */
let model = '';
beforeAll(async () => {
  const usage = { input: 40, output: 10 };
  provider = await startScriptedProvider(undefined, () => ({
    kind: 'stream',
    beats: [{ kind: 'text', text: model }],
    usage,
  }));
  server = await TestServer.start({ THALOGOS_MODEL: 'own', THALOGOS_MODEL_URL: provider.url });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider.close();
});

const list = async (project: string) =>
  (await server.get<{ tasks: readonly Task[] }>('tasks.list', { project })).tasks;

describe('a goal', () => {
  it('of 100 kB is carried out', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const start = `Write it ${write('a.txt', 'x\n')} `;
    const [task] = await server.state(
      project,
      start + 'w '.repeat(MAX_GOAL_BYTES).slice(0, MAX_GOAL_BYTES - start.length),
    );
    expect((await server.taskIn(task!.id, 'review')).files.changed).toBe(1);
  });

  it.each([
    ['of plain letters', 'x'.repeat(MAX_GOAL_BYTES + 1)],
    ['of letters of two bytes', 'é'.repeat(MAX_GOAL_BYTES / 2 + 1)],
    ['far above', 'x'.repeat(900_000)],
  ])('that is too long (%s) is refused clearly and makes nothing', async (_what, text) => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const refusal = await server.refusal('planning.state', { project, text, agent: 'scripted' });
    expect(refusal).toMatchObject({ status: 413, code: 'too-large' });
    expect(refusal.message).toContain('100');
    expect(await list(project)).toEqual([]);
  });

  it.each([
    ['an agent that there is not', 'nobody', '- do it', 'unknown-agent', 'nobody'],
    ['an unknown agent in its text', 'scripted', '- @nobody do it', 'bad-goal', '@nobody'],
    ['a cycle', 'scripted', '- [a] after: b; One\n- [b] after: a; Two', 'bad-goal', 'a'],
    ['a task that waits for itself', 'scripted', '- [a] after: a; One', 'bad-goal', 'a'],
    ['a key twice', 'scripted', '- [a] One\n- [a] Two', 'bad-goal', 'a'],
    ['nothing', 'scripted', ' \n\t\n', 'bad-goal', 'empty'],
  ])('with %s is refused and makes nothing', async (...[, agent, text, code, part]) => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const refusal = await server.refusal('planning.state', { project, text, agent });
    expect(refusal).toMatchObject({ status: 400, code });
    expect(refusal.message).toContain(part);
    expect(await list(project)).toEqual([]);
  });

  it('whose first task is cancelled says so on what waits for it', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [first, second] = await server.state(
      project,
      `- [a] First [[hang]]\n- after: a; Second ${write('b', 'b')}`,
    );
    await server.taskIn(first!.id, 'running');
    expect((await server.taskIn(second!.id, 'blocked')).reason).toBe('waits for First');
    await server.tell('tasks.cancel', { tasks: [first!.id] });
    await until('the second says so', async () => {
      const { state, reason } = await server.task(second!.id);
      return state === 'blocked' && reason === 'waits for First, which was cancelled';
    });
  });

  it('for a project that there is not is refused', async () => {
    expect(await server.refusal('planning.state', { project: 'p-nowhere', text: 'x' })).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });
});

describe('a goal that a model plans in the chat', () => {
  const files = [{ path: 'a.txt', change: 'create', confidence: 0.9 }];
  const own = write('a.txt', 'mine');
  const say = async (project: string, text: string) => {
    const { session } = await server.tell<{ session: { id: string } }>('sessions.open', { project });
    await server.tell('conversation.say', { session: session.id, text });
    return session.id;
  };
  const guideSays = (session: string, words: string) =>
    until(`the Guide says ${words}`, async () => {
      const page = await server.get<{ messages: readonly ChatMessage[] }>('conversation.messages', {
        session,
      });
      return page.messages.find(({ content }) => content.includes(words));
    });

  it('is proposed, edited, validated again, and runs with no mark that the person did not write', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const text = `Write it: ${own} [[sh echo theirs > b.txt]]`;
    model = JSON.stringify({
      tasks: [
        { key: 'one', title: 'Write', text, agent: 'scripted', role: 'docs', files },
        { key: 'two', title: 'Look', text: 'Look at it', agent: 'scripted', after: ['one'] },
      ],
    });
    const session = await say(project, `/plan @scripted is to ${own}`);
    await guideSays(session, 'openai-compatible/own made 2 tasks of it. Look it over and accept it.');
    const { goals } = await server.get<{ goals: readonly Goal[] }>('planning.goals', { session });
    expect(goals).toMatchObject([{ state: 'proposed', planner: 'openai-compatible/own' }]);
    const [one, two] = await list(project);
    expect(one).toMatchObject({ state: 'planned', role: 'docs', predicted: files });

    const goal = goals[0]!.id;
    const circle = { goal, change: [{ task: one!.id, after: [two!.id] }] };
    expect(await server.refusal('planning.accept', circle)).toMatchObject({ code: 'bad-goal' });
    expect(await list(project)).toMatchObject([{ state: 'planned', after: [] }, { state: 'planned' }]);

    const change = [{ task: two!.id, title: 'Look twice', role: 'security', text: write('c.txt', 'x') }];
    const add = [{ key: 'three', text: write('d.txt', 'x'), agent: 'scripted', after: [one!.id] }];
    await server.tell('planning.accept', { goal, change, add });
    expect((await server.taskIn(one!.id, 'review')).files.changed).toBe(1);
    // Its role may only read, so what it wrote all the same is not kept.
    const failed = await server.taskIn(two!.id, 'failed');
    expect(failed).toMatchObject({ title: 'Look twice', role: 'security' });
    expect(failed.error?.message).toContain('only reads');
    const third = (await list(project)).find(({ key }) => key === 'three');
    expect((await server.taskIn(third!.id, 'review')).after).toEqual([one!.id]);
  });

  it('and gets nonsense for is planned plainly, with the reason, and still waits for a yes', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    model = 'I like trains.';
    const session = await say(project, '/plan Add a footer');
    const { content } = await guideSays(session, 'No model planned this.');
    expect(content).toContain('did not answer in the shape asked for');
    expect(content).toContain(
      'The plain planner (no model) made one task of it. Look it over and accept it.',
    );
    expect(await list(project)).toMatchObject([{ state: 'planned', title: 'Add a footer' }]);
    await server.tell('conversation.say', { session, text: 'What waits?' });
    expect((await guideSays(session, 'What waits:')).content).toContain('A plan to accept: Add a footer');
  });
});

const WRONG = 'limits:\n  idle: 60\nchekcs:\n  - name: test\n    command: ["true"]\n';

describe('a project file with a wrong key', () => {
  it('holds its tasks with file, line and reason, refuses a Save, and lets both go on once it is mended', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `Before ${write('before.txt', 'x\n')}`);
    await repository.commit('Break it', { '.thalogos/config.yaml': WRONG });

    const [held] = await server.state(project, `After ${write('after.txt', 'x\n')}`);
    const blocked = await server.taskIn(held!.id, 'blocked');
    expect(blocked.reason).toMatch(/^\.thalogos\/config\.yaml:3: .*chekcs.*checks/);

    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'refused', checkpoint: null });
    expect(outcome.refused?.why).toContain('.thalogos/config.yaml:3');
    expect(outcome.refused?.fix).not.toBe('');
    const { problems } = await server.get<{ problems: unknown[] }>('projects.settings', { project });
    expect(problems).toMatchObject([{ file: '.thalogos/config.yaml', line: 3, column: 1 }]);

    await repository.commit('Mend it', { '.thalogos/config.yaml': 'limits:\n  idle: 60\n' });
    await server.tell('tasks.retry', { task: held!.id });
    await server.taskIn(held!.id, 'review');
    expect(await server.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
  });

  it('on registration does not keep the project out', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { '.thalogos/config.yaml': 'a: [\n' } }],
    });
    const project = await server.register(repository.path);
    expect(await server.refusal('projects.acceptTrust', { project, hash: 'x' })).toMatchObject({
      code: 'bad-config',
    });
  });
});

const CHECKED = (word: string) =>
  `setup:\n  - ["sh", "-c", "echo made > made-by-setup"]\nchecks:\n  - name: test\n    command: ["sh", "-c", "${word}"]\n`;

describe('a project that wants to run commands', () => {
  it('waits for trust, asks for it in the inbox, and goes on once it is given', async () => {
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: { '.thalogos/config.yaml': CHECKED('test -f a.txt'), '.gitignore': 'made-by-setup\n' },
        },
      ],
    });
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `A ${write('a.txt', 'x\n')}`, { approve: true });
    expect((await server.taskIn(task!.id, 'blocked')).reason).toContain('not trusted');
    const { decisions } = await server.get<{ decisions: Decision[] }>('review.decisions', { project });
    expect(decisions).toMatchObject([{ kind: 'trust', state: 'open' }]);
    expect(decisions[0]!.detail).toContain('made-by-setup');
    expect(decisions[0]!.detail).toContain('test -f a.txt');

    await server.tell('review.decide', { decision: decisions[0]!.id, choice: 'trust' });
    await server.taskIn(task!.id, 'approved');
    expect(await server.get('review.decisions', { project })).toEqual({ decisions: [] });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', checks: [{ name: 'test', state: 'passed' }] });
  });

  it('can be trusted after it was denied', async () => {
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: { '.thalogos/config.yaml': CHECKED('true'), '.gitignore': 'made-by-setup\n' },
        },
      ],
    });
    const project = await server.register(repository.path);
    const [task] = await server.state(project, `A ${write('a.txt', 'x\n')}`);
    await server.taskIn(task!.id, 'blocked');
    const { decisions } = await server.get<{ decisions: Decision[] }>('review.decisions', { project });
    await server.tell('review.decide', { decision: decisions[0]!.id, choice: 'deny' });
    expect((await server.task(task!.id)).state).toBe('blocked');
    const { hash } = await server.get<{ hash: string }>('projects.trust', { project });
    await server.tell('projects.acceptTrust', { project, hash });
    await server.taskIn(task!.id, 'review');
  });

  it('has a red check named with its log, and main stays where it was', async () => {
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: {
            '.thalogos/config.yaml': CHECKED('echo so it is; test ! -f bad.txt'),
            '.gitignore': 'made-by-setup\n',
          },
        },
      ],
    });
    const project = await server.register(repository.path);
    const { hash } = await server.get<{ hash: string }>('projects.trust', { project });
    await server.tell('projects.acceptTrust', { project, hash });
    const before = await repository.oid('main');
    const tasks = await server.approved(
      project,
      `- Good ${write('good.txt', 'x\n')}\n- Bad ${write('bad.txt', 'x\n')}`,
    );
    const bad = tasks.find(({ title }) => title === 'Bad')!;
    const good = tasks.find(({ title }) => title === 'Good')!;
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({
      kind: 'checks-failed',
      failed: ['test'],
      checkpoint: null,
    });
    expect(outcome.checks[0]?.log).toContain('so it is');
    expect([await repository.oid('main'), await repository.git('tag')]).toEqual([before, '']);
    expect(await server.save(project, { without: [bad.id] })).toMatchObject({
      kind: 'saved',
      tasks: [good.id],
    });
    expect(await server.taskIn(bad.id, 'approved')).toBeDefined();
  });
});
