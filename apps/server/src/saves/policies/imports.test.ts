import { describe, expect, it } from 'vitest';
import { settleImports } from './imports.ts';
import { settleWith } from './test-hunks.ts';

const settle = (path: string, ...[base, ours, theirs]: readonly [string[], string[], string[]]) => {
  const text = (lines: string[]) => [...lines, '', 'end', ''].join('\n');
  const sides = { path, base: text(base), ours: text(ours), theirs: text(theirs) };
  return settleWith(settleImports, sides)?.split('\n').slice(0, -3) ?? null;
};

describe('imports to which both sides added', () => {
  it('are all there, sorted where they were sorted', () => {
    const a = "import a from './a';";
    const sides = [[a], [a, "import c from './c';"], [a, "import b from './b';"]] as const;
    expect(settle('x.ts', ...(sides.map((side) => [...side]) as [string[], string[], string[]]))).toEqual([
      a,
      "import b from './b';",
      "import c from './c';",
    ]);
    expect(
      settle('x.py', ['import os'], ['import os', 'import sys'], ['import os', 'from re import match']),
    ).toEqual(['import os', 'from re import match', 'import sys']);
    expect(settle('x.rs', [], ['use std::fs;'], ['use std::env;'])).toEqual([
      'use std::env;',
      'use std::fs;',
    ]);
    expect(settle('x.go', ['\t"fmt"'], ['\t"fmt"', '\t"os"'], ['\t"fmt"', '\t"net/http"'])).toEqual([
      '\t"fmt"',
      '\t"net/http"',
      '\t"os"',
    ]);
  });

  it('name what both took from one place', () => {
    const from = (names: string) => [`import { ${names} } from './a';`];
    expect(settle('x.ts', from('b, d'), from('b, d, e'), from('a, b, d'))).toEqual(from('a, b, d, e'));
    expect(settle('x.ts', from('b'), from('b, a'), from('b, c'))).toEqual(from('b, a, c'));
    const use = (names: string) => [`use std::io::{${names}};`];
    expect(settle('x.rs', use('Read'), use('Read, Write'), use('BufRead, Read'))).toEqual(
      use('BufRead, Read, Write'),
    );
    const python = (names: string) => [`from m import ${names}`];
    expect(settle('x.py', python('a'), python('a, b'), python('a, c'))).toEqual(python('a, b, c'));
    const barrel = (names: string) => [`export { ${names} } from './a.js'`];
    expect(settle('x.js', barrel('a'), barrel('a, b'), barrel('a, c'))).toEqual(barrel('a, b, c'));
  });
});

describe('imports for a person', () => {
  it('are those that give one name to two things', () => {
    expect(settle('x.ts', [], ["import { get } from './a';"], ["import { get } from './b';"])).toBeNull();
    expect(settle('x.py', [], ['from a import load'], ['from b import load'])).toBeNull();
    expect(settle('x.go', [], ['\t"text/template"'], ['\t"html/template"'])).toBeNull();
    expect(settle('x.rs', [], ['use a::Error;'], ['use b::Error;'])).toBeNull();
  });

  it('are those that take from one place in two ways', () => {
    expect(settle('x.ts', [], ["import a from './m';"], ["import { b } from './m';"])).toBeNull();
    expect(settle('x.ts', [], ["import { a } from './m';"], ["import { b } from './m'"])).toBeNull();
  });

  it('are those of which a side took one away', () => {
    const a = "import a from './a';";
    expect(settle('x.ts', [a], [], [a, "import b from './b';"])).toBeNull();
    expect(
      settle(
        'x.ts',
        ["import { a, b } from './a';"],
        ["import { a } from './a';"],
        ["import { a, b, c } from './a';"],
      ),
    ).toBeNull();
  });

  it('are those that do something when they are read', () => {
    expect(settle('x.ts', [], ["import './polyfill';"], ["import './setup';"])).toBeNull();
    expect(settle('x.go', [], ['\t_ "a/driver"'], ['\t_ "b/driver"'])).toBeNull();
  });

  it('are those among other lines, or in a language that is not known', () => {
    expect(settle('x.ts', [], ["import a from './a';", 'run();'], ["import b from './b';"])).toBeNull();
    expect(settle('x.zig', [], ["import a from './a';"], ["import b from './b';"])).toBeNull();
  });
});
