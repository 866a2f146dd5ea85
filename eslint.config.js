import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import unicorn from 'eslint-plugin-unicorn';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { documentedExports } from './scripts/lint/documented-exports.mjs';
import { explainedDisables } from './scripts/lint/explained-disables.mjs';

const tests = [
  '**/*.test.{ts,tsx,mjs}',
  '**/test-*.{ts,tsx}',
  '**/tests/**',
  '**/conformance/**',
  'apps/web/dev/**',
  'packages/testkit/**',
  'e2e/**',
  'bench/**',
  'apps/server/prove/**',
];
const parsers = ['**/parse-*.ts', '**/*-parser.ts', '**/parse.ts', '**/read-*.ts'];
const environmentReaders = [
  'apps/server/src/config.ts',
  'apps/cli/src/config.ts',
  // SmallTalk runs in a stranger's process, where no config.ts is.
  'packages/smalltalk/src/utils/process-environment.ts',
];
const configurations = ['*.{js,mjs,ts}', '**/{vite,vitest,playwright}.config.ts'];

/** The rules of the house that a machine can check; `CONTRIBUTING.md` says them in words. */
export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/public/',
      '.tools/',
      'e2e/results/',
      'e2e/report/',
      'docs/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.mjs', '*.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: {
      unicorn,
      house: { rules: { 'documented-exports': documentedExports, 'explained-disables': explainedDisables } },
    },
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      // A switch over a union counts once: its cases are the compiler's to keep whole.
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a name is the same everywhere.',
        },
        {
          selector: "Property[key.name='stdio'] Literal[value='inherit']",
          message:
            'Pipe and pass on: whoever waits for our output would wait for a child that outlives us, too.',
        },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has the thing.' },
      ],
      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'house/documented-exports': 'error',
      'house/explained-disables': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // The compiler reports these (noUnusedLocals, noUnusedParameters), and once is enough.
      '@typescript-eslint/no-unused-vars': 'off',
      // An implementation of an asynchronous port has nothing to wait for when it answers from memory.
      '@typescript-eslint/require-await': 'off',
      // What has no class has no `this`: parts are closures, and their functions may be handed on alone.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['apps/*/src/**', 'packages/*/src/**'],
    ignores: [...environmentReaders, ...tests],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only config.ts reads the environment; take what you need.',
        },
      ],
      'no-restricted-imports': [
        'error',
        { name: 'node:process', importNames: ['env'], message: 'Only config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['apps/web/**'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['packages/*/src/index.ts', 'packages/*/src/*/index.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // A parser makes types of what had none, and control characters are what some of them look for.
    files: parsers,
    rules: { '@typescript-eslint/consistent-type-assertions': 'off', 'no-control-regex': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      complexity: 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'house/documented-exports': 'off',
      'no-restricted-properties': [
        'error',
        {
          object: 'vi',
          property: 'mock',
          message: 'We mock nothing of our own: use the real thing or a scripted one.',
        },
      ],
    },
  },
  {
    files: ['bench/**', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Plain JavaScript is typed by comments, where a narrowing needs the cast that TypeScript writes as `as`.
    files: ['**/*.{js,mjs}'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // The command that starts a script takes its default export, as every stranger writes it.
    files: ['packages/smalltalk/examples/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: configurations,
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      'no-restricted-syntax': 'off',
      'house/documented-exports': 'off',
      'unicorn/filename-case': 'off',
    },
  },
);
