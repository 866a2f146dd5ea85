const server = '^apps/server/src/';
const below = (/** @type {string[]} */ ...folders) => `^apps/server/src/(${folders.join('|')})/`;
const domains =
  'projects|sessions|conversation|models|planning|scheduling|tasks|agents|health|review|saves|conflicts|attachments|branches|timeline|log|coordination|policy|access|notify|ops|visits';
/** Tests, and beside them the files they share, which are called `test-*.ts`. */
const test = String.raw`(\.test\.tsx?|/test-[^/]+\.tsx?)$`;

/** Models, plans and rulings: data in, data out. A new one belongs on this list. */
const pureFiles = [
  String.raw`^apps/server/src/(sessions/session|tasks/task|tasks/run|saves/save|planning/plan|health/(health|degraded|tally))\.ts$`,
  String.raw`^apps/server/src/(scheduling/(choose-agent|profiles|usage|usage-window)|tasks/order-queue|saves/plan-merge|policy/ruling|agents/agent-adapter|agents/run-(request|outcome))\.ts$`,
  String.raw`^apps/server/src/[^/]+/(evolve|decide)[a-z-]*\.ts$`,
  String.raw`^apps/server/src/.*-view\.ts$`,
];

/** What a folder needs of the others: interfaces alone, and gone before anything runs. */
const needs = String.raw`^apps/server/src/[^/]+/[^/]+-deps\.ts$`;

/** @type {import('dependency-cruiser').DependencyType[]} */
const onlyTypes = ['type-only'];

/** The packages that nobody but one file or folder may import, so that the rest stays replaceable. */
const doors = [
  {
    name: 'simple-git-has-one-door',
    comment: 'A refused merge looks like success to simple-git: git/run.ts alone knows how to ask it.',
    of: 'simple-git',
    through: String.raw`^apps/server/src/git/run\.ts$`,
  },
  {
    name: 'sqlite-has-two-doors',
    comment: 'Durability is set where a database is opened; elsewhere only its types may be named.',
    of: '(@types/)?better-sqlite3',
    through: String.raw`^(apps/server/src/platform/|packages/smalltalk/src/)`,
  },
  {
    name: 'models-are-called-by-smalltalk',
    comment: 'Every call to a language model goes through SmallTalk, which owns its retries and its budget.',
    of: 'token\\.js',
    through: '^packages/smalltalk/src/',
  },
];

/** Who may import whom, as `docs/architecture.md` draws it. @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or miss a third below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'What cannot be found here will not be found by a stranger either.',
      severity: 'error',
      from: {},
      // Vite's own suffixes are resolved by the build, which fails where they lead nowhere.
      to: { couldNotResolve: true, pathNot: String.raw`\?(worker|url|raw)$` },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      comment: 'Contracts are what crosses a seam, and nothing else: both sides of every seam import them.',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(apps|packages)/', pathNot: '^packages/contracts/' },
    },
    {
      name: 'smalltalk-stands-alone',
      comment: 'Strangers install SmallTalk without Thalogos.',
      severity: 'error',
      from: { path: '^packages/smalltalk/' },
      to: { path: '^(apps|packages)/', pathNot: '^packages/smalltalk/' },
    },
    {
      name: 'smalltalk-core-knows-abstractions',
      comment:
        'Agents, models, tools and interfaces are handed in: whoever replaces one changes no line of the core.',
      severity: 'error',
      from: { path: '^packages/smalltalk/src/core/', pathNot: test },
      to: {
        path: '^packages/smalltalk/src/(agents|audit|groups|health|interfaces|llm|mcp|memory|orchestration|tools)/',
      },
    },
    {
      name: 'smalltalk-types-and-utils-are-the-ground',
      comment: 'What every layer shares knows no layer.',
      severity: 'error',
      from: { path: '^packages/smalltalk/src/(types|utils)/', pathNot: test },
      to: { path: '^packages/smalltalk/src/', pathNot: '^packages/smalltalk/src/(types|utils)/' },
    },
    {
      name: 'testkit-stays-below-apps',
      comment: 'The test kit serves every app, so it knows none of them.',
      severity: 'error',
      from: { path: '^packages/testkit/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testkit-is-for-tests',
      comment: 'What runs at a person’s must not contain fakes.',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: [test, '^packages/testkit/'] },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What runs at a person’s contains no test and nothing made for one.',
      severity: 'error',
      from: { pathNot: [test, '^apps/[^/]+/(scripts|prove)/'] },
      to: { path: test },
    },
    {
      name: 'platform-below-git',
      comment: 'platform/ is the ground everything stands on: it knows no other folder.',
      severity: 'error',
      from: { path: below('platform'), pathNot: test },
      to: { path: server, pathNot: below('platform') },
    },
    {
      name: 'git-and-sandbox-below-domains',
      comment: 'git/ and sandbox/ stand on platform/ alone: they do what a domain asks and know none.',
      severity: 'error',
      from: { path: '^apps/server/src/(git|sandbox)/', pathNot: test },
      to: { path: server, pathNot: ['^apps/server/src/platform/', '^apps/server/src/$1/'] },
    },
    {
      name: 'domains-meet-in-compose',
      comment:
        'A domain takes what it needs from compose.ts; it can be read, tested and moved without the others.',
      severity: 'error',
      from: { path: `^apps/server/src/(${domains})/`, pathNot: test },
      // A few files are words that several domains speak: who may call what, what an agent is, what a run.
      to: {
        path: `^apps/server/src/(${domains})/`,
        pathNot: [
          '^apps/server/src/$1/',
          String.raw`^apps/server/src/(access/role|agents/(agent-adapter|run-request|run-outcome))\.ts$`,
        ],
      },
    },
    {
      name: 'api-above-domains',
      comment: 'Business rules never see tRPC: only a folder’s own .api.ts does.',
      severity: 'error',
      from: { path: below(domains, 'git', 'sandbox', 'platform'), pathNot: [test, String.raw`\.api\.ts$`] },
      to: { path: below('api') },
    },
    {
      name: 'procedures-know-only-trpc',
      comment:
        'A .api.ts says which procedures its folder has; the router, the gate and HTTP are none of its business.',
      severity: 'error',
      from: { path: String.raw`^apps/server/src/.*\.api\.ts$` },
      to: { path: below('api'), pathNot: String.raw`^apps/server/src/api/trpc\.ts$` },
    },
    {
      name: 'compose-is-the-top',
      comment: 'compose.ts builds everything and main.ts runs it: what imports them would be above itself.',
      severity: 'error',
      from: { path: server, pathNot: [test, String.raw`^apps/server/src/(main|compose)[a-z-]*\.ts$`] },
      to: { path: String.raw`^apps/server/src/(main|compose)[a-z-]*\.ts$` },
    },
    {
      name: 'config-is-handed-in',
      comment: 'Settings are read once at the top; below it a part is given what it needs and nothing more.',
      severity: 'error',
      from: { path: below(domains, 'git', 'sandbox', 'platform'), pathNot: test },
      to: { path: String.raw`^apps/server/src/config\.ts$` },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'Each agent can be read, changed and thrown away alone.',
      severity: 'error',
      from: { path: '^apps/server/src/agents/([^/]+)/', pathNot: [test, '/conformance/'] },
      to: { path: '^apps/server/src/agents/[^/]+/', pathNot: '^apps/server/src/agents/$1/' },
    },
    {
      name: 'pure-files-stay-pure',
      comment:
        'A model, plan or ruling imports contracts and other pure files: no clock, no disk, no database.',
      severity: 'error',
      from: { path: pureFiles, pathNot: test },
      to: { pathNot: [...pureFiles, needs, '^packages/contracts/', 'node_modules/zod/'] },
    },
    {
      name: 'panels-are-strangers',
      comment: 'A panel can be removed without touching another; the shell composes them.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/', pathNot: test },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'shell-is-the-top',
      comment: 'The shell knows the panels, never the other way round.',
      severity: 'error',
      from: { path: '^apps/web/src/(features|lib|ui)/', pathNot: test },
      to: { path: '^apps/web/src/(shell/|main\\.tsx)' },
    },
    {
      name: 'lib-below-features',
      comment: 'lib/ and ui/ serve every panel, so they know none.',
      severity: 'error',
      from: { path: '^apps/web/src/(lib|ui)/', pathNot: test },
      to: { path: '^apps/web/src/features/' },
    },
    {
      name: 'ui-fetches-nothing',
      comment: 'A primitive shows what it is given; data comes from the panel that uses it.',
      severity: 'error',
      from: { path: '^apps/web/src/ui/', pathNot: test },
      to: {
        path: [
          'node_modules/@trpc/',
          'node_modules/@tanstack/react-query/',
          '^apps/web/src/lib/.*(trpc|live|query)',
        ],
      },
    },
    {
      name: 'clients-import-only-the-router',
      comment: 'The console and the command line know one thing of the server: the type of its router.',
      severity: 'error',
      from: { path: '^apps/(web|cli)/' },
      to: { path: '^apps/server/', pathNot: String.raw`^apps/server/src/api/router\.ts$` },
    },
    {
      name: 'router-is-imported-as-a-type',
      comment: 'A value import would bundle the server into the browser.',
      severity: 'error',
      from: { path: '^apps/(web|cli)/' },
      to: { path: String.raw`^apps/server/src/api/router\.ts$`, dependencyTypesNot: onlyTypes },
    },
    {
      name: 'clients-are-strangers',
      comment: 'The console and the command line are two clients of one server.',
      severity: 'error',
      from: { path: '^apps/(web|cli)/' },
      to: { path: '^apps/(web|cli)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'server-knows-no-client',
      comment: 'The server is the same whoever calls it.',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^apps/(web|cli)/' },
    },
    ...doors.map(({ name, comment, of, through }) => ({
      name,
      comment,
      severity: /** @type {const} */ ('error'),
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: [through, test, '^packages/testkit/'] },
      to: { path: `node_modules/${of}/`, dependencyTypesNot: onlyTypes },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo|coverage)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
