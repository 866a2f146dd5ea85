/**
 * Milliseconds of processor time that a piece of work takes.
 *
 * A promise in milliseconds is tried by what it costs, not by the clock on the wall: other
 * work on the machine would decide the test.
 */
export async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
