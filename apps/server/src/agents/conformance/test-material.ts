import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { McpServer } from '../agent-adapter.ts';

/** A red square of eight by eight, as PNG. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC';

/** Puts a picture into a folder; `beginning` is how any PNG begins where it is sent to a model. */
export async function writePicture(
  folder: string,
): Promise<{ readonly path: string; readonly beginning: string }> {
  const path = join(folder, 'picture.png');
  await writeFile(path, Buffer.from(PICTURE, 'base64'));
  return { path, beginning: 'iVBORw0KGgo' };
}

/** A server over the Model Context Protocol with one tool, that notes what it hears; it needs nothing but Node. */
const SERVER = `import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
const tool = {
  name: 'echo',
  description: 'Says a text again',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
};
const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'echo', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: [tool] }),
  'tools/call': ({ arguments: { text } }) => {
    writeFileSync(process.env.ECHO_HEARD, text);
    return { content: [{ type: 'text', text: 'echoed ' + text }] };
  },
  ping: () => ({}),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = answers[method]?.(params);
  const answer = result ? { result } : { error: { code: -32601, message: method } };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\\n');
}).on('close', () => process.exit(0));
`;

/** Makes a tool server in the agent's own folder, where it can be read behind our walls. */
export async function makeToolServer(
  root: string,
): Promise<{ readonly spec: McpServer; readonly heard: string }> {
  const folder = join(root, 'state', 'tools');
  await mkdir(folder, { recursive: true });
  const [program, heard] = [join(folder, 'echo-server.mjs'), join(folder, 'heard.txt')];
  await writeFile(program, SERVER);
  return {
    spec: { name: 'echo', command: process.execPath, args: [program], env: { ECHO_HEARD: heard } },
    heard,
  };
}
