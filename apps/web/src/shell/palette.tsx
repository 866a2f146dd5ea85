import './palette.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useState } from 'react';
import { NO_EAR } from '../features/chat/voice.ts';
import { checkpointOf } from '../lib/checkpoint-of.ts';
import { formatSequence } from '../lib/format.ts';
import { chooseTheme, setInterface, useInterface } from '../lib/interface-state.ts';
import { useTRPC } from '../lib/trpc.ts';
import { useChooseProject } from '../lib/use-choose-project.ts';
import { useProjectId, useProjects } from '../lib/use-project.ts';
import { AgentDisc } from '../ui/agent-disc.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { StateIcon } from '../ui/state-icon.tsx';
import { StateWord } from '../ui/state-word.tsx';
import { toast } from '../ui/toast.tsx';
import { Keys } from './keys.tsx';
import { PaletteFound } from './palette-found.tsx';
import { PANELS } from './panels.ts';
import { usePause } from './use-pause.ts';

const close = () => setInterface({ isPaletteOpen: false });

function Places() {
  const navigate = useNavigate();
  const go = (to: '/save' | (typeof PANELS)[number]['to']) => {
    close();
    void navigate({ to });
  };
  return (
    <Command.Group heading="Go to">
      {PANELS.map((panel) => (
        <Command.Item key={panel.id} value={`go ${panel.title}`} onSelect={() => go(panel.to)}>
          <panel.icon size={16} className="t3" aria-hidden />
          <span className="grow">{panel.title}</span>
          <Keys of={panel.keys} />
        </Command.Item>
      ))}
      <Command.Item value="go save page stages" onSelect={() => go('/save')}>
        <StateIcon look="saved" />
        <span className="grow">Save</span>
      </Command.Item>
    </Command.Group>
  );
}

const canHear = () => 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window;

/** Leads to the microphone, or says why there is none. */
function Speak() {
  const navigate = useNavigate();
  const hears = canHear();
  return (
    <Command.Item
      value="speak voice dictate microphone"
      onSelect={() => {
        close();
        if (hears) void navigate({ to: '/' });
        else toast(NO_EAR);
      }}
    >
      {hears ? 'Speak: the microphone beside the composer' : 'Speak: this browser can’t listen'}
    </Command.Item>
  );
}

function Acts() {
  const { isPaused, toggle } = usePause();
  const { projects } = useProjects();
  const choose = useChooseProject();
  const act = (what: () => void) => () => {
    close();
    what();
  };
  return (
    <Command.Group heading="Do">
      <Command.Item value="pause resume everything" onSelect={act(toggle)}>
        <span className="grow">{isPaused ? 'Resume everything' : 'Pause everything'}</span>
        <Keys of="pause" />
      </Command.Item>
      {(['dark', 'light', 'system'] as const).map((theme) => (
        <Command.Item key={theme} value={`theme ${theme}`} onSelect={act(() => chooseTheme(theme))}>
          Theme: {theme}
        </Command.Item>
      ))}
      <Command.Item value="keys shortcuts help" onSelect={act(() => setInterface({ areKeysShown: true }))}>
        <span className="grow">Show all keys</span>
        <Keys of="keys" />
      </Command.Item>
      <Speak />
      {projects.map((one) => (
        <Command.Item
          key={one.id}
          value={`project ${one.name} ${one.id}`}
          onSelect={act(() => choose(one.id))}
        >
          Project: {one.name}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Things() {
  const trpc = useTRPC();
  const project = useProjectId();
  const navigate = useNavigate();
  const tasks = useQuery(trpc.tasks.list.queryOptions({ project }, { enabled: project !== '' }));
  const timeline = useQuery(trpc.timeline.list.queryOptions({ project }, { enabled: project !== '' }));
  const openTask = (task: string) => {
    close();
    void navigate({ to: '/tasks/$task', params: { task } });
  };
  const openEntry = (tag: string) => {
    close();
    void navigate({ to: '/timeline/$tag', params: { tag } });
  };
  return (
    <>
      <Command.Group heading="Tasks">
        {(tasks.data?.tasks ?? []).map((task) => (
          <Command.Item
            key={task.id}
            value={`task ${task.title} ${task.agent} ${task.id}`}
            onSelect={() => openTask(task.id)}
          >
            <AgentDisc name={task.agent} size="sm" />
            <span className="grow cut">{task.title}</span>
            <StateWord state={task.state} />
          </Command.Item>
        ))}
      </Command.Group>
      <Command.Group heading="Checkpoints">
        {(timeline.data?.entries ?? []).map(
          ({ kind, tag, summary }) =>
            tag !== null &&
            checkpointOf({ kind, tag }) !== null && (
              <Command.Item key={tag} value={`checkpoint ${tag} ${summary}`} onSelect={() => openEntry(tag)}>
                <StateIcon look="saved" />
                <span className="mono f12 t3">{formatSequence(tag)}</span>
                <span className="grow cut">{summary}</span>
              </Command.Item>
            ),
        )}
      </Command.Group>
    </>
  );
}

function Content() {
  const [text, type] = useState('');
  return (
    <Command className="palette" label="Find anything" loop>
      <Command.Input
        value={text}
        onValueChange={type}
        placeholder="A task, a panel, something to do, words of anything"
      />
      <Command.List label="Results">
        <Places />
        <Things />
        <Acts />
        <PaletteFound text={text} close={close} />
      </Command.List>
    </Command>
  );
}

/** Finds everything by typing: places, acts, tasks, checkpoints, and words of anything there is. */
export function Palette() {
  const isOpen = useInterface((state) => state.isPaletteOpen);
  return (
    <Dialog isOpen={isOpen} onClose={close} title="Find anything" isBare>
      <Content />
    </Dialog>
  );
}
