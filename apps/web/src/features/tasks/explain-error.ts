import type { TaskError } from '@thalogos/contracts';

const NEXT: Readonly<Record<string, string>> = {
  auth: 'Its agent is not signed in. Sign in as Agents says, then retry.',
  'rate-limit': 'Its vendor asks for patience. Retry later, or give it to another agent.',
  overloaded: 'Its vendor is overloaded. Retry later, or give it to another agent.',
  'bad-request':
    'The agent refused what it was asked. Cancel it and state the goal in other words, or retry with another agent.',
  context: 'The task is too large for one turn. Cancel it and split the goal.',
  network: 'The agent did not reach its vendor. Look at the connection, then retry.',
  timeout: 'It took longer than the project allows. Retry, or raise limits.run in the project file.',
  crash: 'The agent ended without a result. Retry goes on in the same worktree.',
  sandbox:
    'Its worktree or its setup failed before the agent could begin. Mend the setup commands, then retry.',
};

/** What a person can do about a task's error, in a sentence or two. What it did is always in its branch. */
export function explainError(error: TaskError): string {
  return NEXT[error.class] ?? 'Read the end of the transcript, then retry, or give it to another agent.';
}
