/** The environment variables of this process, for a framework that is started without any setting. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
