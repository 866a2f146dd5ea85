import type { ReactNode } from 'react';
import type { ProjectSettings } from './project-settings.ts';
import { sourceOf, sourceWords } from './source-view.ts';

/** One value of the project, and where it comes from. */
export function SettingRow({
  name,
  settings,
  setting,
  children,
}: {
  readonly name: string;
  readonly settings: ProjectSettings;
  /** Its name in the project file; null for what stands in none. */
  readonly setting: string | null;
  readonly children: ReactNode;
}) {
  const source = setting === null ? null : sourceOf(settings, setting);
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {children}
        {source !== null && (
          <span className="settings-source" data-kind={source.kind}>
            {sourceWords(source)}
          </span>
        )}
      </dd>
    </>
  );
}
