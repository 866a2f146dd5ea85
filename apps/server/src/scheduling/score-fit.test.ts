import { describe, expect, it } from 'vitest';
import { KNOWN_AGENTS, knownAgent } from './profiles.ts';
import { scoreFit } from './score-fit.ts';

const profiles = new Map(['codex', 'claude', 'gemini'].map((name) => [name, knownAgent(name).profile]));
const best = (text: string) =>
  [...scoreFit(text, profiles)].toSorted(([, one], [, other]) => other.score - one.score)[0]?.[0];

describe('the fit of an agent', () => {
  it.each([
    ['Fix the failing test in the backend API', 'codex'],
    ['Refactor the parser and add unit tests', 'codex'],
    ['Design the architecture of the plugin system', 'claude'],
    ['Make the button on the page accessible in React', 'claude'],
    ['Translate the README into German', 'gemini'],
  ])('for “%s” is best with %s', (text, agent) => {
    expect(best(text)).toBe(agent);
  });

  it('is read from the words of a task, not from its marks', () => {
    const text = 'Translate the README into German [[sh npm run test:api -- --backend]]';
    expect(scoreFit(text, profiles)).toEqual(scoreFit('Translate the README into German', profiles));
  });

  it('follows what a project says of an agent', () => {
    const { profile, preference } = knownAgent('codex', { skills: ['cobol'], preference: 9, cost: 'low' });
    expect([profile.skills, preference, profile.cost]).toEqual([['cobol'], 9, 'low']);
    expect(profile.languages).toEqual(KNOWN_AGENTS['codex']?.profile.languages);
  });
});
