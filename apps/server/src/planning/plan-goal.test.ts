import { ModelError, ScriptedModel } from '@thalogos/smalltalk';
import { describe, expect, it } from 'vitest';
import { planGoal, type PlanGoalDeps, type ToPlan } from './plan-goal.ts';

const answer = JSON.stringify({ tasks: [{ key: 'a', title: 'Footer', text: 'Add it', role: 'ux' }] });

function plan(goal: Partial<ToPlan>, model: ScriptedModel | null, usualPlanner: 'plain' | 'model' = 'plain') {
  const deps: PlanGoalDeps = {
    agents: async () => ({ names: ['codex', 'scripted', 'auto'], usual: 'auto', ready: ['codex'] }),
    findModel: async () => (model === null ? { name: null, because: 'No key.' } : { name: 'own', model }),
    listFiles: async () => ['index.html'],
    usualPlanner,
  };
  return planGoal(deps, { project: 'p-1', text: 'Add a footer', ...goal });
}

describe('who plans a goal', () => {
  it('is the plain planner unless somebody asks for a model, and then no model is looked for', async () => {
    const model = new ScriptedModel([]);
    expect(await plan({}, model)).toMatchObject({ planner: 'plain', note: null });
    expect(model.requests).toEqual([]);
  });

  it('is a model where a person asks for one', async () => {
    expect(await plan({ planner: 'model' }, new ScriptedModel([answer]))).toMatchObject({
      ...{ planner: 'own', note: null },
      planned: [{ key: 'a', title: 'Footer', agent: 'auto', role: 'ux' }],
    });
  });

  it.each(['- one\n- two', '@codex do it', '[a] do it', 'Do it [[say hi]]'])(
    'is the plain one for %j, also where a model usually plans',
    async (text) => {
      expect(await plan({ text }, new ScriptedModel([]), 'model')).toMatchObject({
        planner: 'plain',
        note: null,
      });
    },
  );

  it('is a model for a goal in plain words, where one usually plans', async () => {
    expect(await plan({}, new ScriptedModel([answer]), 'model')).toMatchObject({ planner: 'own' });
    expect(await plan({ planner: 'plain' }, new ScriptedModel([]), 'model')).toMatchObject({
      planner: 'plain',
    });
  });

  it('is the plain one, with the reason, where no model can be asked or none answers', async () => {
    expect(await plan({ planner: 'model' }, null)).toMatchObject({ planner: 'plain', note: 'No key.' });
    const spent = new ScriptedModel([new ModelError('budget-exhausted', 'The budget is used up')]);
    expect(await plan({ planner: 'model' }, spent)).toMatchObject({
      ...{ planner: 'plain', note: 'own made no usable plan: The budget is used up' },
      planned: [{ title: 'Add a footer' }],
    });
  });

  it('is offered only agents that are ready, and the scripted one where the person names it', async () => {
    const model = new ScriptedModel([answer, answer]);
    await plan({ planner: 'model' }, model);
    await plan({ planner: 'model', text: 'Let @scripted do it' }, model);
    const shown = model.requests.map(
      ({ messages }) => /# Agents\n\n(.*)/.exec(JSON.stringify(messages).replaceAll('\\n', '\n'))?.[1],
    );
    expect(shown).toEqual(['codex, auto', 'codex, scripted, auto']);
  });
});

describe('a role in a goal', () => {
  it('stands before the text like an agent, and beside one', async () => {
    const { planned } = await plan(
      { text: '- @qa @codex Test it\n- @security: Look\n- @codex @scripted Odd' },
      null,
    );
    expect(planned).toMatchObject([
      { agent: 'codex', role: 'qa', text: 'Test it' },
      { agent: 'auto', role: 'security', text: 'Look' },
      { agent: 'codex', text: '@scripted Odd' },
    ]);
  });
});
