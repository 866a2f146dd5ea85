const policyWith = (frames: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    `frame-src ${frames}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    // The console's rule of that name (`guard-sinks.ts`) lets no string become an element, and a worker only of the build's own files.
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

/** What every answer carries, so that a browser runs nothing of it that is not ours and shows it in no foreign frame. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': policyWith("'none'"),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The policy of the console's page, which may show dev servers of tasks in frames: their own host names, at their own ports. */
export function consolePolicy({ from, to }: { readonly from: number; readonly to: number }): string {
  const ports = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return policyWith(ports.map((port) => `http://*.localhost:${port}`).join(' '));
}
