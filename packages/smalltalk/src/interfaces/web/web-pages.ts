import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Which pages a server has: none, the chat, or the chat with what goes on behind it. */
export type WebUi = 'none' | 'chat' | 'playground';

/** A file for a browser. */
export type Page = { readonly type: string; readonly content: Buffer };

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' } as const;
type Kind = keyof typeof TYPES;
const FILES: Readonly<Record<string, readonly [name: string, kind: Kind]>> = {
  '/icon.svg': ['icon.svg', 'svg'],
  '/smalltalk.css': ['smalltalk.css', 'css'],
  '/chat.js': ['chat.js', 'js'],
  '/playground.js': ['playground.js', 'js'],
};
const ROOT: Readonly<Record<Exclude<WebUi, 'none'>, readonly [name: string, kind: Kind]>> = {
  chat: ['chat.html', 'html'],
  playground: ['playground.html', 'html'],
};

/** The file that stands under a path; only those that are listed here can be had. */
export async function readPage(path: string, ui: WebUi): Promise<Page | undefined> {
  if (ui === 'none') return undefined;
  const found = path === '/' ? ROOT[ui] : Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (found === undefined) return undefined;
  const [name, kind] = found;
  // The same depth below the package from src and from dist.
  const file = fileURLToPath(new URL(`../../../public/${name}`, import.meta.url));
  return { type: `${TYPES[kind]}; charset=utf-8`, content: await readFile(file) };
}
