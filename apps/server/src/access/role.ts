/** What a caller may do; each role may do all that the ones before it may. */
export const ROLES = ['viewer', 'reviewer', 'operator', 'admin'] as const;
/** The name of a role. */
export type Role = (typeof ROLES)[number];

/** Who makes a call. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
}

/** Whether a caller of role `has` may do what needs `needs`. */
export function reaches(has: Role, needs: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needs);
}
