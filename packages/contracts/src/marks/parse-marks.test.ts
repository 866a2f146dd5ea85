import { describe, expect, it } from 'vitest';
import { parseMarks } from './parse-marks.ts';

describe('parseMarks', () => {
  it('reads every mark of the grammar in order', () => {
    const text = [
      'Please do this: [[write path=a.txt content="one\\n\\"two\\" ]] \\u00e9"]] then',
      '[[append path="b c.txt" content=word]][[edit path=a.txt old="x" new=""]][[delete path=d]][[read path=a.txt]]',
      '[[sh test -f a.txt && echo "ok [1]"]] [[say hello world]][[think hmm]][[plan a | b|c ]][[usage 10 20]]',
      '[[ask Which one? | left | right]][[sleep 5]][[slow 7]][[hang]][[fail broken]][[crash]][[flood 9]][[daemon]]',
      '[[http 429 2]][[drop]][[call echo {"a":[[1]]}]]',
    ].join('\n');

    expect(parseMarks(text)).toEqual([
      { kind: 'write', path: 'a.txt', content: 'one\n"two" ]] é' },
      { kind: 'append', path: 'b c.txt', content: 'word' },
      { kind: 'edit', path: 'a.txt', old: 'x', new: '' },
      { kind: 'delete', path: 'd' },
      { kind: 'read', path: 'a.txt' },
      { kind: 'sh', command: 'test -f a.txt && echo "ok [1]"' },
      { kind: 'say', text: 'hello world' },
      { kind: 'think', text: 'hmm' },
      { kind: 'plan', steps: ['a', 'b', 'c'] },
      { kind: 'usage', input: 10, output: 20 },
      { kind: 'ask', question: 'Which one?', options: ['left', 'right'] },
      { kind: 'sleep', ms: 5 },
      { kind: 'slow', ms: 7 },
      { kind: 'hang' },
      { kind: 'fail', text: 'broken' },
      { kind: 'crash' },
      { kind: 'flood', lines: 9 },
      { kind: 'daemon' },
      { kind: 'http', status: 429, times: 2 },
      { kind: 'drop' },
      { kind: 'call', tool: 'echo', input: { a: [[1]] } },
    ]);
  });

  it('takes unknown marks, unfinished marks and double brackets for text', () => {
    expect(
      parseMarks('if [[ -f x ]] [[wiki link]] [[constructor x]] a[b[0]] [[Say no]] [[sh never ends'),
    ).toEqual([]);
  });

  it('finds a mark after, and inside, an unknown one', () => {
    expect(parseMarks('[[unknown [[say in]] [[say after]]')).toEqual([
      { kind: 'say', text: 'in' },
      { kind: 'say', text: 'after' },
    ]);
  });

  it('keeps a line break that a person typed inside quotes', () => {
    expect(parseMarks('[[write path=a content="x\ny"]]')).toEqual([
      { kind: 'write', path: 'a', content: 'x\ny' },
    ]);
  });

  it.each([
    ['[[write content="x"]]', 'write', 'path= is missing'],
    ['[[write path=a]]', 'write', 'content= is missing'],
    ['[[edit path=a old=b]]', 'edit', 'new= is missing'],
    ['[[write path=a content="\\q"]]', 'write', 'the value of content is not a JSON string'],
    ['[[write a.txt]]', 'write', 'expected name=value'],
    ['[[sleep soon]]', 'sleep', 'expected whole numbers'],
    ['[[call echo {]]', 'call', 'expected TOOL {json}'],
    ['[[sh ]]', 'sh', 'a command is missing'],
  ])('says why %s can not be understood', (text, mark, reason) => {
    expect(parseMarks(text)).toEqual([{ kind: 'invalid', mark, reason }]);
  });

  it('fills in what a mark says, without making marks of it', () => {
    const text = '[[write path={{answer}}.txt content="{{answer}}"]][[say it is {{answer}}]]';
    expect(parseMarks(text, (said) => said.replaceAll('{{answer}}', 'a"]] [[hang]]'))).toEqual([
      { kind: 'write', path: 'a"]] [[hang]].txt', content: 'a"]] [[hang]]' },
      { kind: 'say', text: 'it is a"]] [[hang]]' },
    ]);
  });
});
