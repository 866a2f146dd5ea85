import { createInterface, type Interface } from 'node:readline';
import { styleText } from 'node:util';
import type { ConversationHost, ConversationInterface } from '../../types/conversation-interface.ts';
import { ValidationError } from '../../types/errors.ts';
import { ModelError } from '../../types/model-error.ts';
import { NotRunningError } from '../../types/not-running-error.ts';
import { cleanText } from '../../utils/clean-text.ts';
import { VERSION } from '../../version.ts';
import { converse } from '../converse.ts';
import { describeFailure } from '../describe-failure.ts';
import { viewSession } from '../view-session.ts';
import { type CliCommand, type CliDesk, makeCommands } from './cli-commands.ts';
import type { CliOptions } from './cli-options.ts';

/** Lets one person talk at a terminal, or a program through a pipe: a line is a message, and `/help` says the rest. */
export class CliInterface implements ConversationInterface {
  readonly name: string;
  /** Resolves when the person has left: `/quit`, Ctrl-C, or the end of the input. */
  readonly ended: Promise<void>;
  readonly #options: CliOptions;
  readonly #output: NodeJS.WritableStream;
  readonly #commands: Map<string, CliCommand>;
  readonly #end: () => void;
  #host: ConversationHost | undefined;
  #lines: Interface | undefined;
  #sessionId = '';
  #showTimestamps: boolean;
  #work: Promise<void> = Promise.resolve();
  #answering: AbortController | undefined;
  #isStopping = false;

  constructor(options: CliOptions = {}) {
    this.name = options.name ?? 'cli';
    this.#options = options;
    this.#output = options.output ?? process.stdout;
    this.#showTimestamps = options.showTimestamps ?? false;
    this.#commands = makeCommands();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  /** Adds a command of your own: `/name` and what follows it. */
  registerCommand(name: string, command: CliCommand): void {
    if (!/^[\w-]+$/.test(name) || this.#commands.has(name))
      throw new ValidationError(`/${name} can't be a new command`, ['name']);
    this.#commands.set(name, command);
  }

  async start(host: ConversationHost): Promise<void> {
    this.#host = host;
    const { sessionId, input = process.stdin, prompt = '> ' } = this.#options;
    this.#print(
      `SmallTalk ${VERSION}. Agents: ${host.listAgents().join(', ')}. /help says what else there is.`,
    );
    if (sessionId === undefined) await this.#beginSession();
    else await this.#resume(sessionId);
    this.#lines = createInterface({ input, output: this.#output, prompt, terminal: this.#isTerminal });
    this.#lines.on('line', (line) => this.#enqueue(line));
    this.#lines.on('SIGINT', () => this.#interrupt());
    this.#lines.on('close', () => void this.#work.then(this.#end));
    this.#prompt();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#lines?.close();
    await this.#work;
    this.#end();
  }

  get #isTerminal(): boolean {
    return 'isTTY' in this.#output && this.#output.isTTY === true;
  }

  #enqueue(line: string): void {
    this.#work = this.#work.then(() => this.#take(line.trim()));
  }

  async #take(line: string): Promise<void> {
    if (this.#isStopping) return;
    try {
      if (line.startsWith('/')) await this.#command(line.slice(1));
      else if (line !== '') await this.#say(line);
    } catch (error) {
      this.#complain(error);
    }
    this.#prompt();
  }

  async #say(message: string): Promise<void> {
    this.#answering = new AbortController();
    const { userId } = this.#options;
    let said = '';
    try {
      const spoken = converse(
        this.#running(),
        { message, sessionId: this.#sessionId, userId },
        this.#answering.signal,
      );
      for await (const part of spoken)
        if (part.kind === 'text') {
          said += part.text;
          this.#output.write(part.text);
        } else {
          const { response, agentName, degraded } = part.answered;
          if (said !== response) this.#output.write(`${said === '' ? '' : '\n'}${response}`);
          this.#sign(agentName, degraded);
        }
    } finally {
      this.#answering = undefined;
    }
  }

  #sign(agentName: string, degraded: string | undefined): void {
    const { showAgentNames = true } = this.#options;
    const signature = [
      showAgentNames ? `— ${agentName}` : '—',
      ...(degraded === undefined ? [] : [`(${degraded})`]),
      ...(this.#showTimestamps ? [new Date().toISOString()] : []),
    ];
    this.#output.write('\n');
    this.#print(this.#quiet(cleanText(signature.join(' '))));
  }

  async #command(line: string): Promise<void> {
    const [name = '', ...rest] = line.split(/\s+/);
    if (name === 'help') return this.#help();
    const command = this.#commands.get(name);
    if (command === undefined) return this.#print(`! There is no /${name}; /help says what there is`);
    await command.run(this.#desk(), rest.join(' '));
  }

  #help(): void {
    for (const { help } of this.#commands.values()) if (help !== '') this.#print(help);
  }

  #desk(): CliDesk {
    return {
      host: this.#running(),
      sessionId: this.#sessionId,
      showTimestamps: this.#showTimestamps,
      print: (line) => this.#print(cleanText(line)),
      goOnWith: (sessionId) => {
        this.#sessionId = sessionId;
      },
      beginSession: () => this.#beginSession(),
      setTimestamps: (areShown) => {
        this.#showTimestamps = areShown;
      },
      clear: () => void (this.#isTerminal && this.#output.write('\u001B[2J\u001B[H')),
      leave: () => this.#lines?.close(),
    };
  }

  async #beginSession(): Promise<void> {
    const { userId } = this.#options;
    this.#sessionId = await this.#running().createSession(
      userId === undefined ? {} : { metadata: { userId } },
    );
    this.#print(this.#quiet(`Session ${this.#sessionId}`));
  }

  async #resume(sessionId: string): Promise<void> {
    const { messages } = await viewSession(this.#running(), sessionId);
    this.#sessionId = sessionId;
    this.#print(this.#quiet(`Session ${sessionId} (${String(messages.length)} messages)`));
  }

  /** Ctrl-C calls an answer off; without one it leaves. */
  #interrupt(): void {
    if (this.#answering === undefined) this.#lines?.close();
    else this.#answering.abort();
  }

  #complain(error: unknown): void {
    const isCalledOff = error instanceof ModelError && error.category === 'aborted';
    this.#print(isCalledOff ? '\n! Called off' : `! ${cleanText(describeFailure(error).error)}`);
  }

  #running(): ConversationHost {
    if (this.#host === undefined) throw new NotRunningError('use the terminal');
    return this.#host;
  }

  #prompt(): void {
    if (this.#isTerminal && !this.#isStopping) this.#lines?.prompt();
  }

  #print(line: string): void {
    this.#output.write(`${line}\n`);
  }

  /** What is not the conversation itself; plain where the output is no terminal. */
  #quiet(text: string): string {
    return this.#isTerminal ? styleText('dim', text) : text;
  }
}
