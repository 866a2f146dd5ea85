import { createInterface } from 'node:readline';
import { ScriptedCommand, type ScriptedLine } from './protocol.ts';
import { ScriptedAgent } from './scripted-agent.ts';
import { openSessionFile } from './session-file.ts';

// The scripted agent's own process: `agent-main STATE_DIR SESSION new|resume`, run in the worktree.
const [, , stateDir = '.', session = 'session', how = 'new'] = process.argv;

function write(line: ScriptedLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const file = openSessionFile(stateDir, session);
const state = how === 'new' ? { turns: 0, unfinished: null } : file.load();

if (state === null) {
  write({ type: 'refused', reason: `There is no session ${session} to resume` });
} else {
  file.keep(state);
  const agent = new ScriptedAgent({ cwd: process.cwd(), state, keep: (next) => file.keep(next), write });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => agent.obey(ScriptedCommand.parse(JSON.parse(line))));
  // A hung agent does not notice that its parent left; what remains of it is found by its mark.
  lines.on('close', () => {
    if (!agent.isDeaf) process.exit(0);
  });
  write({ type: 'ready', session });
}
