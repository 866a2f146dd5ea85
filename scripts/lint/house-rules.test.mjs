import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, it } from 'vitest';
import { documentedExports } from './documented-exports.mjs';
import { explainedDisables } from './explained-disables.mjs';

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({
  languageOptions: { parser: tseslint.parser },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
});

tester.run('explained-disables', explainedDisables, {
  valid: ['// eslint-disable-next-line no-undef -- the page defines it', '// a remark'],
  invalid: [
    { code: '// eslint-disable-next-line no-undef\nx;', errors: [{ messageId: 'unexplained' }] },
    { code: '/* eslint-disable no-undef -- */', errors: [{ messageId: 'unexplained' }] },
  ],
});

tester.run('documented-exports', documentedExports, {
  valid: [
    '/** How many. */\nexport const count = 1;',
    '/** An id. */\nexport const Id = schema();\nexport type Id = string;',
    'const inner = 1;',
    "export { a } from './a.ts';",
  ],
  invalid: [
    { code: 'export const count = 1;', errors: [{ messageId: 'undocumented', data: { name: 'count' } }] },
    { code: '// Not a JSDoc.\nexport function go() {}', errors: [{ messageId: 'undocumented' }] },
    { code: 'export interface Port {}', errors: [{ messageId: 'undocumented' }] },
  ],
});
