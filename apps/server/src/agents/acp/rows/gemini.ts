import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AcpAgent, Host, Launch } from '../acp-agent.ts';
import { approvalMode } from './approval-mode.ts';
import { ACP_CAPABILITIES } from './capabilities.ts';

const SIGN_IN = '.gemini/oauth_creds.json';
const MODES = { plan: 'plan', default: 'default', auto: 'auto_edit', yolo: 'yolo' } as const;

const PersonalSettings = z.object({
  security: z.object({ auth: z.object({ selectedType: z.string() }) }),
});

/** Google's Gemini CLI. */
export const gemini: AcpAgent = {
  id: 'gemini',
  title: 'Gemini CLI',
  packageName: '@google/gemini-cli',
  version: '0.61.0',
  oldest: '0.61.0',
  natives: [],
  signIn: { variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'], files: [SIGN_IN] },
  signInFix: 'gemini, then /auth; or set GEMINI_API_KEY',
  args: (launch) => [
    ...['--acp', '--approval-mode', MODES[approvalMode(launch)]],
    ...(launch.spec.model === undefined ? [] : ['--model', launch.spec.model]),
    ...(launch.spec.files === undefined ? [] : [`--include-directories=${launch.spec.files}`]),
  ],
  environment: () => ({
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    // It would start itself again as a child, and leave that behind when it is killed.
    GEMINI_CLI_NO_RELAUNCH: 'true',
  }),
  addresses: [
    ...['GOOGLE_GEMINI_BASE_URL', 'GOOGLE_VERTEX_BASE_URL', 'GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION'],
    ...['GOOGLE_GENAI_USE_VERTEXAI', 'GEMINI_MODEL'],
  ],
  settings: async (launch) => ({
    '.gemini/settings.json': JSON.stringify({
      security: { auth: { selectedType: await selectedType(launch) }, folderTrust: { enabled: false } },
      general: {
        enableAutoUpdate: false,
        // Ten by default, silently, with growing pauses: minutes in which nobody knows why.
        maxAttempts: 3,
        sessionRetention: { enabled: false },
      },
      // With a terminal of its own it tells nothing of a command's output.
      tools: { shell: { enableInteractiveShell: false } },
      privacy: { usageStatisticsEnabled: false },
    }),
  }),
  beforeResume: keepSession,
  capabilities: { ...ACP_CAPABILITIES, usage: 'turn' },
  gaps: [
    'A command’s exit code is told only where it put nothing out; its output comes when it has ended.',
    'It keeps no plan that could be shown, and can’t be given more to do in the middle of a turn.',
    'What its vendor refused is tried three times before it is told, with pauses of 5 to 30 seconds.',
    'It refuses commands with a command substitution, `$(…)`.',
    'A goal that begins with / or $ may be taken for one of its own commands.',
    'A key that was typed into its own dialog is in the system’s key store and is not seen.',
  ],
};

/** How it signs in: by a key where there is one, else as the person chose. */
async function selectedType({ variables, personal }: Launch): Promise<string> {
  if (isSet(variables, 'GOOGLE_GENAI_USE_VERTEXAI')) return 'vertex-ai';
  if (isSet(variables, 'GEMINI_API_KEY') || isSet(variables, 'GOOGLE_API_KEY')) return 'gemini-api-key';
  const text = await readFile(join(personal, '.gemini', 'settings.json'), 'utf8').catch(() => '{}');
  return readType(text) ?? 'oauth-personal';
}

function readType(text: string): string | null {
  try {
    return PersonalSettings.safeParse(JSON.parse(text)).data?.security.auth.selectedType ?? null;
  } catch {
    // Settings with comments: the person's, not ours to mend.
    return null;
  }
}

function isSet(variables: Host, name: string): boolean {
  return (variables[name] ?? '') !== '';
}

/**
 * Puts the record of a session out of the way of the one that is about to be opened.
 *
 * Loading a session opens a new record named by the minute and the session: in the same minute that is the old one,
 * which is emptied before it is read. Under another name it is found all the same, by the id inside.
 */
async function keepSession(home: string, sessionId: string): Promise<void> {
  const projects = join(home, '.gemini', 'tmp');
  const end = `-${sessionId.slice(0, 8)}.jsonl`;
  for (const project of await readdir(projects).catch(() => [])) {
    const chats = join(projects, project, 'chats');
    const records = await readdir(chats).catch(() => []);
    const fresh = records.filter((name) => /^session-\d{4}-/.test(name) && name.endsWith(end));
    for (const name of fresh) {
      const kept = `session-kept-${records.length}-${name.slice('session-'.length)}`;
      await rename(join(chats, name), join(chats, kept));
    }
  }
}
