/** The link if it may be followed (http, https, mailto), else nothing. */
export function safeLink(link: string): string {
  return /^(?:https?:\/\/|mailto:)/i.test(link.trim()) ? link : '';
}
