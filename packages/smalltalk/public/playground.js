// What goes on behind a conversation, beside it.
import { byId, call, carefully, currentSession, leaveSession, onAnswer, resumeSession } from './chat.js';

function item(title, quiet) {
  const element = document.createElement('li');
  element.textContent = title;
  const small = document.createElement('div');
  small.className = 'quiet';
  small.textContent = quiet;
  element.append(small);
  return element;
}

function needSession() {
  const id = currentSession();
  if (id === null) throw new Error('There is no session yet: say something first');
  return id;
}

async function save() {
  const session = await call(`/api/sessions/${needSession()}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(session, null, 2)], { type: 'application/json' }));
  link.download = `session-${session.sessionId}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function remove() {
  await call(`/api/sessions/${needSession()}`, { method: 'DELETE' });
  leaveSession();
}

async function showHealth() {
  // An unhealthy server answers 503 with the same body.
  const health = await (await fetch('/health')).json();
  byId('health').textContent =
    `${health.status}; ${health.active_sessions} sessions, ${health.failed_agents} failed agents, ` +
    `up ${health.uptime_seconds} s, version ${health.version}`;
}

onAnswer(({ agentName, correlationId, degraded }, ms) => {
  const how = degraded === undefined ? '' : `, ${degraded}`;
  byId('answers').prepend(item(`${agentName}, ${Math.round(ms)} ms${how}`, correlationId));
  carefully(showHealth)();
});
byId('export').addEventListener('click', carefully(save));
byId('delete').addEventListener('click', carefully(remove));
byId('resume').addEventListener(
  'submit',
  carefully(() => resumeSession(byId('resume-id').value.trim())),
);
carefully(async () => {
  byId('about').textContent = (await call('/api/status')).description;
  const { agents } = await call('/api/agents');
  byId('agents').append(...agents.map(({ name, expertise }) => item(name, expertise.join(', '))));
  await showHealth();
})();
