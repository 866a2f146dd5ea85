import { agentPath, agentTools } from './agent-paths.mjs';
import { fetchTool, pinnedVersion } from './fetch-tool.mjs';
import { StepFailed } from './progress.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */

/**
 * Installs pinned agent CLIs into the cache and answers with the native program of each. What is there
 * already is left alone.
 *
 * @param {readonly string[]} names none means every one that is known
 * @param {Progress} progress
 * @returns {Promise<string[]>}
 */
export async function installAgents(names, progress) {
  const wanted = names.length > 0 ? names : Object.keys(agentTools);
  const programs = [];
  for (const name of wanted) programs.push(agentPath(name) ?? (await installAgent(name, progress)));
  return programs;
}

/**
 * @param {string} name
 * @param {Progress} progress
 */
async function installAgent(name, progress) {
  const tool = agentTools[name];
  if (tool === undefined) {
    throw new StepFailed(
      `There is no agent CLI called ${name} here; known: ${Object.keys(agentTools).join(', ')}.`,
    );
  }
  await progress.step(`install ${name} ${pinnedVersion(tool)}`, () => fetchTool(tool));
  const program = agentPath(name);
  if (program === undefined)
    throw new StepFailed(`${name} was installed, but its program is not where it was expected.`);
  return program;
}

/** Those that every hand-over is tried with; the others are tried by `npm run test:agents`. */
const handOver = ['codex', 'claude', 'gemini'];

/**
 * The agent CLIs a test run may not leave out: those that the environment names, else in CI those of a hand-over.
 *
 * @returns {string[]}
 */
function requiredAgents() {
  const named = process.env.THALOGOS_REQUIRE_AGENTS;
  if (named !== undefined) return named.split(',').filter((name) => name !== '');
  return process.env.CI ? handOver : [];
}

/**
 * Makes sure of the required agent CLIs and names each of the others that the tests will do without.
 *
 * @param {Progress} progress
 */
export async function prepareAgents(progress) {
  const required = requiredAgents();
  if (required.length > 0) await installAgents(required, progress);
  for (const name of handOver) {
    if (agentPath(name) === undefined) {
      progress.write(`  --  left out: tests with ${name} (npm run agents:install -- ${name})\n`);
    }
  }
}
