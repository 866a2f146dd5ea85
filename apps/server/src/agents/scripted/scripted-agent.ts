import { parseMarks } from '@thalogos/contracts/marks/parse-marks';
import { playTurn, type Script } from './play-turn.ts';
import type { ScriptedCommand, ScriptedLine, ScriptedState } from './protocol.ts';
import { makeStage, type Reply } from './stage.ts';

/** What the agent needs of its process. */
export interface ScriptedAgentDeps {
  readonly cwd: string;
  readonly state: ScriptedState;
  readonly keep: (state: ScriptedState) => void;
  readonly write: (line: ScriptedLine) => void;
}

/**
 * The mind of the scripted agent: one turn at a time, each a script to be played.
 *
 * A turn that tells it to go on (the unfinished script again, or a text without
 * marks) begins with the step that an interrupted or dead process was at.
 */
export class ScriptedAgent {
  readonly #deps: ScriptedAgentDeps;
  readonly #replies = new Map<string, (reply: Reply) => void>();
  #state: ScriptedState;
  #heard: string[] = [];
  #interruption = new AbortController();
  #isDeaf = false;

  constructor(deps: ScriptedAgentDeps) {
    this.#deps = deps;
    this.#state = deps.state;
  }

  /** A hung agent hears nothing but signals. */
  get isDeaf(): boolean {
    return this.#isDeaf;
  }

  obey(command: ScriptedCommand): void {
    if (this.#isDeaf) return;
    switch (command.type) {
      case 'turn':
        void this.#play(command.text);
        return;
      case 'steer':
        this.#heard.push(command.text);
        return;
      case 'answer':
        this.#replies.get(command.requestId)?.(command);
        this.#replies.delete(command.requestId);
        return;
      case 'interrupt':
        this.#interruption.abort();
        return;
    }
  }

  async #play(input: string): Promise<void> {
    const { cwd, write, keep } = this.#deps;
    this.#heard = [];
    this.#interruption = new AbortController();
    const turns = this.#state.turns + 1;
    const { text, done } = chooseScript(this.#state, input);
    const onDone = (count: number) => {
      this.#state = { turns, unfinished: { text, done: count } };
      keep(this.#state);
    };
    onDone(done);
    const { signal } = this.#interruption;
    const goDeaf = () => {
      this.#isDeaf = true;
    };
    const stage = makeStage({ cwd, turn: turns, signal, write, replies: this.#replies, goDeaf });
    const end = await playTurn(stage, { text, done }, { heard: () => this.#heard.splice(0), onDone });
    if (end.outcome !== 'interrupted') this.#state = { turns, unfinished: null };
    keep(this.#state);
    write(end);
  }
}

function chooseScript(state: ScriptedState, text: string): Script {
  const { unfinished } = state;
  const goesOn = unfinished !== null && (parseMarks(text).length === 0 || text.includes(unfinished.text));
  return goesOn ? unfinished : { text, done: 0 };
}
