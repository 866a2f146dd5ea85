import type { ConversationHost } from '../../types/conversation-interface.ts';
import { NotFoundError } from '../../types/errors.ts';
import { chooseAgent } from '../choose-agent.ts';
import { viewSession } from '../view-session.ts';

/** What a command may do with the terminal that it was typed into. */
export type CliDesk = {
  readonly host: ConversationHost;
  readonly sessionId: string;
  readonly showTimestamps: boolean;
  print(line: string): void;
  goOnWith(sessionId: string): void;
  beginSession(): Promise<void>;
  setTimestamps(areShown: boolean): void;
  clear(): void;
  leave(): void;
};

/** What a person can ask of a terminal besides talking. */
export type CliCommand = {
  /** One line for `/help`. */
  readonly help: string;
  readonly run: (desk: CliDesk, argument: string) => void | Promise<void>;
};

/** The commands that every terminal has. */
export function makeCommands(): Map<string, CliCommand> {
  return new Map<string, CliCommand>([
    ['agent', { help: '/agent NAME lets one agent answer; /agent lets the router choose', run: switchAgent }],
    ['agents', { help: '/agents says who can answer', run: listAgents }],
    ['session', { help: '/session says which one this is; /session ID goes on with another', run: session }],
    ['new', { help: '/new begins a new session', run: (desk) => desk.beginSession() }],
    ['status', { help: '/status says how well everything does', run: status }],
    ['timestamp', { help: '/timestamp shows or hides the time', run: timestamp }],
    ['clear', { help: '/clear clears the screen', run: (desk) => desk.clear() }],
    ['quit', { help: '/quit leaves; so does /exit', run: (desk) => desk.leave() }],
    ['exit', { help: '', run: (desk) => desk.leave() }],
  ]);
}

async function switchAgent(desk: CliDesk, wanted: string): Promise<void> {
  if (wanted === '') {
    await chooseAgent(desk.host, desk.sessionId, null);
    return desk.print('Whoever fits answers');
  }
  const names = desk.host.listAgents();
  const name = names.find((each) => each.toLowerCase() === wanted.toLowerCase());
  if (name === undefined) {
    const like = names.filter((each) => each.toLowerCase().startsWith(wanted.slice(0, 2).toLowerCase()));
    desk.print(like.length === 0 ? `There are: ${names.join(', ')}` : `Did you mean ${like.join(' or ')}?`);
    throw new NotFoundError('Agent', wanted);
  }
  await chooseAgent(desk.host, desk.sessionId, name);
  desk.print(`${name} answers`);
}

function listAgents({ host, print }: CliDesk): void {
  for (const { name, capabilities } of host.getAgents())
    print([name, capabilities.expertise.join(', ')].filter((text) => text !== '').join(': '));
}

async function session(desk: CliDesk, sessionId: string): Promise<void> {
  if (sessionId === '') return desk.print(`Session ${desk.sessionId}`);
  const { messages } = await viewSession(desk.host, sessionId);
  desk.goOnWith(sessionId);
  desk.print(`Session ${sessionId} (${String(messages.length)} messages)`);
}

async function status({ host, print }: CliDesk): Promise<void> {
  const health = await host.checkHealth();
  print(`${health.status}, ${String(health.active_sessions)} sessions, version ${health.version}`);
}

function timestamp(desk: CliDesk): void {
  desk.setTimestamps(!desk.showTimestamps);
  desk.print(desk.showTimestamps ? 'The time is hidden' : 'The time is shown');
}
