/** A file of this build, as a worker is started from it. */
const OWN_FILE = /^\/assets\/[\w.-]+\.js$/;

/** What a policy makes of a string before the browser reads it as markup or as the address of code; null refuses it. */
export const SINK_RULES = {
  // Markdown's reader lets the browser decode `&eacute;`; where nothing opens a tag, nothing is made but text.
  createHTML: (markup: string) => (markup.includes('<') ? null : markup),
  createScriptURL: (address: string, page: string) => {
    const url = new URL(address, page);
    return url.origin === new URL(page).origin && OWN_FILE.test(url.pathname) ? url.href : null;
  },
} as const;

interface PolicyFactory {
  createPolicy(
    name: 'default',
    rules: {
      readonly createHTML: (markup: string) => string | null;
      readonly createScriptURL: (address: string) => string | null;
    },
  ): unknown;
}

declare global {
  interface Window {
    /** Absent where the browser knows no trusted types. */
    readonly trustedTypes?: PolicyFactory;
  }
}

/**
 * Lets no string become an element, and code come only from this build's own files.
 *
 * The page's policy lets nobody make another rule, and code is made of a string nowhere. It has to be told before
 * anything else is loaded.
 */
export function guardSinks(): void {
  window.trustedTypes?.createPolicy('default', {
    createHTML: SINK_RULES.createHTML,
    createScriptURL: (address) => SINK_RULES.createScriptURL(address, location.href),
  });
}
