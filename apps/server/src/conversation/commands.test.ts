import { describe, expect, it } from 'vitest';
import { readCommand } from './commands.ts';

describe('a chat message', () => {
  it.each([
    ['Add a footer', { kind: 'goal', text: 'Add a footer' }],
    ['/goal Add a footer', { kind: 'goal', text: 'Add a footer' }],
    ['- one\n- two', { kind: 'goal', text: '- one\n- two' }],
    ['/steer t-1 use tabs\nplease', { kind: 'steer', task: 't-1', text: 'use tabs\nplease' }],
    ['  /save  ', { kind: 'save' }],
    ['/pause', { kind: 'pause' }],
    ['/steer t-1', { kind: 'help' }],
    ['What failed?', { kind: 'ask', text: 'What failed?' }],
    ['/ask the time', { kind: 'ask', text: 'the time' }],
    ['/ask', { kind: 'help' }],
    ['Can you add a footer?', { kind: 'goal', text: 'Can you add a footer?' }],
    ['What a footer needs:\n- one\n- why?', { kind: 'goal', text: 'What a footer needs:\n- one\n- why?' }],
    ['/goal Why is it red?', { kind: 'goal', text: 'Why is it red?' }],
    ['/plan Make it fast', { kind: 'plan', text: 'Make it fast' }],
    ['/discuss Tabs or blanks', { kind: 'discuss', roles: [], topic: 'Tabs or blanks' }],
    ['/discuss @qa @bug-hunter, Why?', { kind: 'discuss', roles: ['qa', 'bug-hunter'], topic: 'Why?' }],
    ['/discuss @qa', { kind: 'help' }],
    ['/discuss Pause', { kind: 'discussion', act: 'pause' }],
    ['/discuss pause or not', { kind: 'discuss', roles: [], topic: 'pause or not' }],
    ['/dance', { kind: 'unknown', word: 'dance' }],
  ])('%j is read as what it asks for', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });
});
