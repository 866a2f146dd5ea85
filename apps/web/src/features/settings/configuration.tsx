import type { AgentConfig } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';
import type { ProjectSettings } from './project-settings.ts';
import { SettingRow } from './setting-row.tsx';

function Commands({
  commands,
  none,
}: {
  readonly commands: readonly (readonly string[])[];
  readonly none: string;
}) {
  if (commands.length === 0) return <span className="t3">{none}</span>;
  return (
    <ul className="mono">
      {commands.map((command) => (
        <li key={command.join(' ')}>{command.join(' ')}</li>
      ))}
    </ul>
  );
}

function Words({ words, none }: { readonly words: readonly string[]; readonly none: string }) {
  return words.length === 0 ? (
    <span className="t3">{none}</span>
  ) : (
    <span className="mono">{words.join(', ')}</span>
  );
}

function Checks({ config: { checks } }: ProjectSettings) {
  if (checks.length === 0) return <span className="t3">none: what is saved counts as unverified</span>;
  return (
    <ul>
      {checks.map((check) => (
        <li key={check.name}>
          {check.name}: <span className="mono">{check.command.join(' ')}</span>{' '}
          <span className="t3">at most {check.timeout} s</span>
          {check.paths !== undefined && <span className="t3"> for {check.paths.join(', ')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What a project says of one agent, in words. */
function agentWords({ permission, roles, model, preference, cost, concurrency }: AgentConfig): string {
  return [
    permission === undefined ? null : `permission ${permission}`,
    roles === undefined ? null : `roles ${roles.join(', ')}`,
    model === undefined ? null : `model ${model}`,
    preference === undefined ? null : `preference ${preference}`,
    cost === undefined ? null : `cost ${cost}`,
    concurrency === undefined ? null : `at most ${concurrency} at once`,
  ]
    .filter((part) => part !== null)
    .join('; ');
}

function Agents({ settings }: { readonly settings: ProjectSettings }) {
  const agents = Object.entries(settings.config.agents);
  if (agents.length === 0)
    return (
      <SettingRow name="Agents" settings={settings} setting="agents">
        <span className="t3">each as Thalogos has it: supervised, for any role</span>
      </SettingRow>
    );
  return agents.map(([name, agent]) => (
    <SettingRow key={name} name={`Agent ${name}`} settings={settings} setting={`agents.${name}`}>
      {agentWords(agent) || 'budgets and skills'}
    </SettingRow>
  ));
}

function conflictWords({ config: { conflicts } }: ProjectSettings): string {
  const on = Object.entries(conflicts.policies).flatMap(([name, isOn]) => (isOn === true ? [name] : []));
  const off = Object.entries(conflicts.policies).flatMap(([name, isOn]) => (isOn === false ? [name] : []));
  return [
    on.length === 0 ? null : `also by ${on.join(', ')}`,
    off.length === 0 ? null : `not by ${off.join(', ')}`,
    conflicts.union.length === 0 ? null : `both sides’ lines kept in ${conflicts.union.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join('; ');
}

/** The rules under which work lands without being asked about. */
function Policies({ settings }: { readonly settings: ProjectSettings }) {
  const { config } = settings;
  const owners = Object.keys(config.ownership);
  return (
    <>
      <SettingRow name="Approved by rule" settings={settings} setting="approve">
        <Words words={config.approve} none="nothing is approved without you" />
      </SettingRow>
      <SettingRow name="Conflicts" settings={settings} setting="conflicts">
        {conflictWords(settings) || <span className="t3">settled where it is beyond doubt, else by you</span>}
      </SettingRow>
      <SettingRow name="Rebuilt files" settings={settings} setting="generated">
        {config.generated.length === 0 ? (
          <span className="t3">none</span>
        ) : (
          <ul className="mono">
            {config.generated.map(({ files, command }) => (
              <li key={files.join(' ')}>
                {files.join(', ')}: {command.join(' ')}
              </li>
            ))}
          </ul>
        )}
      </SettingRow>
      <SettingRow name="Ownership" settings={settings} setting="ownership">
        {owners.length === 0 ? (
          <span className="t3">nobody owns any path</span>
        ) : (
          <>
            <span className="mono">{owners.join(', ')}</span>{' '}
            <span className="t3">read and shown; nothing is refused by it yet</span>
          </>
        )}
      </SettingRow>
    </>
  );
}

function Limits({ settings }: { readonly settings: ProjectSettings }) {
  const { limits } = settings.config;
  const rows = [
    ['Agents at once', 'concurrency', `${limits.concurrency}`],
    ['Attempts', 'attempts', `${limits.attempts}`],
    ['A run', 'run', `${limits.run} s at most`],
    ['Told of silence', 'notice', `after ${limits.notice} s`],
    ['Asked about it', 'ask', `after ${limits.ask} s`],
    ['Ended for it', 'idle', `after ${limits.idle} s`],
    ['Dollars a day', 'costPerDay', limits.costPerDay === undefined ? 'no budget' : `$${limits.costPerDay}`],
    ['Tokens a minute', 'tokensPerMinute', `${limits.tokensPerMinute ?? 'no budget'}`],
    ['Turns a minute', 'requestsPerMinute', `${limits.requestsPerMinute ?? 'no budget'}`],
  ] as const;
  return rows.map(([name, key, words]) => (
    <SettingRow key={key} name={name} settings={settings} setting={`limits.${key}`}>
      {words}
    </SettingRow>
  ));
}

/** Every value that a project has, and where each of them comes from. */
export function Configuration({ settings }: { readonly settings: ProjectSettings }) {
  const { config } = settings;
  return (
    <>
      <SettingRow name="Checks" settings={settings} setting="checks">
        <Checks {...settings} />
      </SettingRow>
      <SettingRow name="Setup" settings={settings} setting="setup">
        <Commands commands={config.setup} none="none" />
      </SettingRow>
      <SettingRow name="Cleanup" settings={settings} setting="cleanup">
        <Commands commands={config.cleanup} none="none" />
      </SettingRow>
      <SettingRow name="Copied files" settings={settings} setting="copy">
        <Words words={config.copy} none="none" />
      </SettingRow>
      <Policies settings={settings} />
      <Agents settings={settings} />
      <Limits settings={settings} />
      <dt>Who waits, and why</dt>
      <dd>
        <Link to="/coordination" className="link">
          Coordination
        </Link>
      </dd>
    </>
  );
}
