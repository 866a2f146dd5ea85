/** The link if it may be followed (http, https, mailto), else nothing. */
export function safeLink(link: string): string {
  return /^(?:https?:\/\/|mailto:)/i.test(link.trim()) ? link : '';
}

/** A link that opens a path of this machine in VS Code, at a line; made of a path that the server gave, never of a text. */
export function editorLink(path: string, line?: number): string {
  const parts = path.replaceAll('\\', '/').split('/').map(encodeURIComponent);
  return `vscode://file/${parts.join('/').replace(/^\//, '')}${line === undefined ? '' : `:${line}`}`;
}
