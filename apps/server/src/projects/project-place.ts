import type { Project } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';

/** Where everything of a project is. */
export interface ProjectPlace {
  readonly project: Project;
  /** The bare clone that Thalogos owns. */
  readonly hub: Repository;
  /** The person's own repository; `workTree` is null for a bare one. */
  readonly person: { readonly gitDir: string; readonly workTree: string | null };
  /** `<data>/projects/<id>`. */
  readonly directory: string;
}
