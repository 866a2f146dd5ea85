/** The oldest Node that the native parts are built for. */
const OLDEST = [22, 14] as const;

/** A sentence on why this Node can't run the server and how to get one that can; null when it can. */
export function complainAboutNode(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null;
  return `Thalogos needs Node ${oldestMajor}.${oldestMinor} or newer, and this is ${version}. Install Node 24 (https://nodejs.org, or: npx node@24).`;
}
