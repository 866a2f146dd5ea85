/**
 * A tree in which nothing is wrong, shaped like the repository. Every plant is laid over it.
 *
 * @type {Record<string, string>}
 */
export const soundTree = {
  'packages/contracts/src/index.ts': `export const taskId = 'task';`,
  'packages/smalltalk/src/index.ts': `export const log = [];`,
  'packages/testkit/src/index.ts': `import { taskId } from '@thalogos/contracts';\nexport const fake = taskId;`,
  'apps/server/src/platform/clock.ts': `import { log } from '@thalogos/smalltalk';\nexport const now = log;`,
  'apps/server/src/platform/database.ts': `import Database from 'better-sqlite3';\nexport const open = Database;`,
  'apps/server/src/git/run.ts': `import { simpleGit } from 'simple-git';\nimport { now } from '../platform/clock.ts';\nexport const run = [simpleGit, now];`,
  'apps/server/src/sandbox/bubblewrap.ts': `import { now } from '../platform/clock.ts';\nexport const contain = now;`,
  'apps/server/src/access/role.ts': `export type Role = 'viewer';`,
  'apps/server/src/tasks/task.ts': `import { taskId } from '@thalogos/contracts';\nexport const task = taskId;`,
  'apps/server/src/tasks/task.test.ts': `import { fake } from '@thalogos/testkit';\nexport const seen = fake;`,
  'apps/server/src/tasks/run-task.ts': `import { run } from '../git/run.ts';\nimport { task } from './task.ts';\nexport const runTask = [run, task];`,
  'apps/server/src/tasks/tasks.api.ts': `import type { Role } from '../access/role.ts';\nimport { procedure } from '../api/trpc.ts';\nimport { runTask } from './run-task.ts';\nexport const api: [Role, unknown] = ['viewer', [procedure, runTask]];`,
  'apps/server/src/saves/save.ts': `export type Save = 'idle';`,
  'apps/server/src/agents/codex/codex-adapter.ts': `export const codex = 'codex';`,
  'apps/server/src/agents/claude/claude-adapter.ts': `export const claude = 'claude';`,
  'apps/server/src/agents/adapters.ts': `import { claude } from './claude/claude-adapter.ts';\nimport { codex } from './codex/codex-adapter.ts';\nexport const adapters = [claude, codex];`,
  'apps/server/src/api/trpc.ts': `export const procedure = 'procedure';`,
  'apps/server/src/api/router.ts': `import { api } from '../tasks/tasks.api.ts';\nexport type AppRouter = typeof api;\nexport const router = api;`,
  'apps/server/src/config.ts': `export const config = {};`,
  'apps/server/src/compose.ts': `import { router } from './api/router.ts';\nimport { config } from './config.ts';\nexport const compose = [router, config];`,
  'apps/server/src/main.ts': `import { compose } from './compose.ts';\nexport const main = compose;`,
  'apps/web/src/lib/trpc-client.ts': `import type { AppRouter } from '@thalogos/server/router';\nimport { createClient } from '@trpc/client';\nexport const client: [AppRouter?, unknown?] = [undefined, createClient];`,
  'apps/web/src/ui/button.tsx': `export const button = 'button';`,
  'apps/web/src/features/chat/chat-panel.tsx': `import { client } from '../../lib/trpc-client.ts';\nimport { button } from '../../ui/button.tsx';\nexport const chat = [client, button];`,
  'apps/web/src/features/save/save-panel.tsx': `export const save = 'save';`,
  'apps/web/src/shell/panels.ts': `import { chat } from '../features/chat/chat-panel.tsx';\nexport const panels = [chat];`,
  'apps/web/src/main.tsx': `import { panels } from './shell/panels.ts';\nexport const app = panels;`,
  'apps/cli/src/main.ts': `import type { AppRouter } from '@thalogos/server/router';\nexport const router: AppRouter | undefined = undefined;`,
};

/**
 * For each rule of `.dependency-cruiser.mjs`: files that break this rule and no other.
 *
 * @type {Record<string, Record<string, string>>}
 */
export const plants = {
  'no-circular': {
    'apps/server/src/tasks/queue.ts': `import { other } from './other.ts';\nexport const queue = () => other;`,
    'apps/server/src/tasks/other.ts': `import { queue } from './queue.ts';\nexport const other = () => queue;`,
  },
  'no-unresolvable': {
    'apps/server/src/tasks/lost.ts': `export { nowhere } from './not-there.ts';`,
  },
  'contracts-import-nothing-of-ours': {
    'packages/contracts/src/greedy.ts': `export { log } from '@thalogos/smalltalk';`,
  },
  'smalltalk-stands-alone': {
    'packages/smalltalk/src/greedy.ts': `export { taskId } from '@thalogos/contracts';`,
  },
  'smalltalk-core-knows-abstractions': {
    'packages/smalltalk/src/agents/agent.ts': `export const agent = 'agent';`,
    'packages/smalltalk/src/core/host.ts': `export { agent } from '../agents/agent.ts';`,
  },
  'smalltalk-types-and-utils-are-the-ground': {
    'packages/smalltalk/src/core/host.ts': `export const host = 'host';`,
    'packages/smalltalk/src/utils/greedy.ts': `export { host } from '../core/host.ts';`,
  },
  'testkit-stays-below-apps': {
    'packages/testkit/src/greedy.ts': `export { now } from '../../../apps/server/src/platform/clock.ts';`,
  },
  'testkit-is-for-tests': {
    'apps/server/src/tasks/fake-task.ts': `export { fake } from '@thalogos/testkit';`,
  },
  'tests-are-not-imported': {
    'apps/server/src/tasks/borrowed.ts': `export { seen } from './task.test.ts';`,
  },
  'platform-below-git': {
    'apps/server/src/platform/greedy.ts': `export { run } from '../git/run.ts';`,
  },
  'git-and-sandbox-below-domains': {
    'apps/server/src/sandbox/greedy.ts': `export { run } from '../git/run.ts';`,
  },
  'domains-meet-in-compose': {
    'apps/server/src/saves/save-session.ts': `export { runTask } from '../tasks/run-task.ts';`,
  },
  'api-above-domains': {
    'apps/server/src/saves/save-session.ts': `export { procedure } from '../api/trpc.ts';`,
  },
  'procedures-know-only-trpc': {
    'apps/server/src/api/gate.ts': `export const gate = 'gate';`,
    'apps/server/src/saves/saves.api.ts': `export { gate } from '../api/gate.ts';`,
  },
  'compose-is-the-top': {
    'apps/server/src/saves/save-session.ts': `export { compose } from '../compose.ts';`,
  },
  'config-is-handed-in': {
    'apps/server/src/saves/save-session.ts': `export { config } from '../config.ts';`,
  },
  'adapters-are-strangers': {
    'apps/server/src/agents/claude/borrowed.ts': `export { codex } from '../codex/codex-adapter.ts';`,
  },
  'pure-files-stay-pure': {
    'apps/server/src/sessions/session.ts': `import { readFileSync } from 'node:fs';\nexport const session = readFileSync;`,
  },
  'panels-are-strangers': {
    'apps/web/src/features/save/borrowed.ts': `export { chat } from '../chat/chat-panel.tsx';`,
  },
  'shell-is-the-top': {
    'apps/web/src/features/save/greedy.ts': `export { panels } from '../../shell/panels.ts';`,
  },
  'lib-below-features': {
    'apps/web/src/lib/greedy.ts': `export { chat } from '../features/chat/chat-panel.tsx';`,
  },
  'ui-fetches-nothing': {
    'apps/web/src/ui/hungry-list.tsx': `export { client } from '../lib/trpc-client.ts';`,
  },
  'clients-import-only-the-router': {
    'apps/cli/src/greedy.ts': `export { now } from '../../server/src/platform/clock.ts';`,
  },
  'router-is-imported-as-a-type': {
    'apps/web/src/lib/greedy.ts': `import { router } from '@thalogos/server/router';\nexport const calls = router;`,
  },
  'clients-are-strangers': {
    'apps/cli/src/greedy.ts': `export { button } from '../../web/src/ui/button.tsx';`,
  },
  'server-knows-no-client': {
    'apps/server/src/ops/greedy.ts': `export { router } from '../../../cli/src/main.ts';`,
  },
  'simple-git-has-one-door': {
    'apps/server/src/git/second-door.ts': `export { simpleGit } from 'simple-git';`,
  },
  'sqlite-has-two-doors': {
    'apps/server/src/tasks/task-store.ts': `import Database from 'better-sqlite3';\nexport const open = Database;`,
  },
  'models-are-called-by-smalltalk': {
    'apps/server/src/planning/model-planner.ts': `export { TokenJS } from 'token.js';`,
  },
};
