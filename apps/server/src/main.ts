import { ConfigError, processSources, readConfig } from './config.ts';
import { complainAboutNode } from './platform/node-version.ts';

const USAGE = 2;
const FAILED = 1;

/** Reads the settings and runs the server; what has native parts is loaded only once this Node is known to fit them. */
async function main(): Promise<number> {
  const complaint = complainAboutNode(process.version);
  if (complaint !== null) return complain(complaint, FAILED);
  try {
    const config = readConfig(processSources());
    const { runThalogos } = await import('./main-server.ts');
    return await runThalogos(config);
  } catch (error) {
    if (error instanceof ConfigError) return complain(error.message, USAGE);
    return complain(error instanceof Error ? causesOf(error) : String(error), FAILED);
  }
}

function causesOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${causesOf(error.cause)}` : error.message;
}

function complain(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}

process.exit(await main());
