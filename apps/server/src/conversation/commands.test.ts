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
    ['/dance', { kind: 'unknown', word: 'dance' }],
  ])('%j is read as what it asks for', (text, command) => {
    expect(readCommand(text)).toEqual(command);
  });
});
