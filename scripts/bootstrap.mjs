/**
 * The one door to a checkout: `npm start`, `npm test` and the other root commands end here. It has no
 * dependency and runs on any Node from 18 on, because it is what fetches the rest.
 */
import { commands } from './bootstrap/commands.mjs';
import { StepFailed } from './bootstrap/progress.mjs';

const [name = 'help', ...given] = process.argv.slice(2);
const args = given[0] === '--' ? given.slice(1) : given;
const command = commands[name];

if (command === undefined) {
  process.stderr.write(`Usage: node scripts/bootstrap.mjs ${Object.keys(commands).join('|')}\n`);
  process.exitCode = 2;
} else {
  // npm says where the person stood when they typed the command; called directly, that is here.
  process.env.INIT_CWD ??= process.cwd();
  try {
    process.exitCode = await command(args);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
