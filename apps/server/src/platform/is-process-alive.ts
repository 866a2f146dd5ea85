/** Whether a process is there, without touching it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Another person's process is there all the same.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
