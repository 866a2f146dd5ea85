// A conversation in a browser. Whatever people and agents say is put in as text, never as HTML.

/** @template {HTMLElement} T @param {string} id @returns {T} */
export const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** Sends JSON and gives JSON; a refusal is an error with the server's own words. */
export async function call(path, { method = 'GET', body } = {}) {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(await readError(response));
  return response.status === 204 ? undefined : response.json();
}

async function readError(response) {
  try {
    return (await response.json()).error;
  } catch {
    return `The server answered ${response.status}`;
  }
}

/** The events of a streamed answer, one after the other. */
async function* readEvents(response) {
  let unread = '';
  const decoder = new TextDecoder();
  for (const reader = response.body.getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) return;
    unread += decoder.decode(value, { stream: true });
    for (let end = unread.indexOf('\n\n'); end !== -1; end = unread.indexOf('\n\n')) {
      const [, kind, data] = /^event: (\w+)\ndata: (.*)$/.exec(unread.slice(0, end)) ?? [];
      unread = unread.slice(end + 2);
      if (kind !== undefined) yield { kind, data: JSON.parse(data) };
    }
  }
}

const KEPT = 'smalltalk-session';
let sessionId = sessionStorage.getItem(KEPT);
let listener = () => undefined;

/** Which session this page is in; null before the first word. */
export const currentSession = () => sessionId;

/** Who hears of each whole answer. */
export function onAnswer(heard) {
  listener = heard;
}

/** Shows one message. */
function show({ role, agentName, content }) {
  const element = document.createElement('div');
  element.className = `message ${role}`;
  const who = document.createElement('span');
  who.className = 'who';
  who.textContent = role === 'user' ? 'You' : (agentName ?? '');
  const text = document.createElement('span');
  text.textContent = content;
  element.append(who, text);
  const messages = byId('messages');
  const isAtEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
  messages.append(element);
  const follow = () => isAtEnd && messages.scrollTo({ top: messages.scrollHeight });
  follow();
  return {
    add(more) {
      text.textContent += more;
      follow();
    },
    set(whole, { agentName: name, isFailed }) {
      text.textContent = whole;
      who.textContent = name;
      element.classList.toggle('failed', isFailed);
      follow();
    },
  };
}

function setSession(id) {
  sessionId = id;
  if (id === null) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, id);
  byId('session').textContent = id === null ? '' : `Session ${id}`;
}

/** Leaves the session; it stays where it is. */
export function leaveSession() {
  setSession(null);
  byId('messages').replaceChildren();
  byId('agent').value = '';
}

/** Goes on with a session and shows what was said in it. */
export async function resumeSession(id) {
  const session = await call(`/api/sessions/${encodeURIComponent(id)}`);
  leaveSession();
  setSession(session.sessionId);
  byId('agent').value = session.chosenAgent ?? '';
  for (const message of session.messages) show(message);
}

async function chooseAgent() {
  sessionId ?? setSession((await call('/api/sessions', { method: 'POST', body: {} })).sessionId);
  await call(`/api/sessions/${sessionId}/agent`, {
    method: 'PUT',
    body: { agentName: byId('agent').value || null },
  });
}

async function say(message) {
  show({ role: 'user', content: message });
  const answer = show({ role: 'agent', content: '' });
  const began = performance.now();
  try {
    const response = await fetch('/api/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ message, ...(sessionId !== null && { sessionId }) }),
    });
    if (!response.ok) throw new Error(await readError(response));
    for await (const { kind, data } of readEvents(response)) {
      if (kind === 'text') answer.add(data.text);
      else if (kind === 'failed') throw new Error(data.error);
      else {
        setSession(data.sessionId);
        answer.set(data.response, { agentName: data.agentName, isFailed: data.degraded !== undefined });
        listener(data, performance.now() - began);
      }
    }
  } catch (error) {
    answer.set(error.message, { agentName: 'Not answered', isFailed: true });
  }
}

/** Says what went wrong where the conversation is. */
export function complain(error) {
  show({ role: 'system failed', agentName: 'Not done', content: error.message });
}

/** Runs what a person has asked for, and says what went wrong. */
export const carefully = (work) => (event) => {
  event?.preventDefault();
  Promise.resolve(work(event)).catch(complain);
};

function switchTheme() {
  const { dataset } = document.documentElement;
  const isDark = dataset.theme
    ? dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('smalltalk-theme', dataset.theme);
}

async function begin() {
  const theme = localStorage.getItem('smalltalk-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  byId('theme').addEventListener('click', switchTheme);
  byId('new').addEventListener('click', leaveSession);
  byId('agent').addEventListener('change', carefully(chooseAgent));
  byId('form').addEventListener(
    'submit',
    carefully(async () => {
      const message = byId('text').value;
      if (message.trim() === '') return;
      byId('text').value = '';
      byId('send').disabled = true;
      await say(message);
      byId('send').disabled = false;
      byId('text').focus();
    }),
  );
  byId('text').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!byId('send').disabled) byId('form').requestSubmit();
  });
  const { title } = await call('/api/status');
  byId('title').textContent = document.title = title;
  const { agents } = await call('/api/agents');
  byId('agent').append(...agents.map(({ name }) => new Option(name, name)));
  // A session that is not there any more is no reason to stop: the next word begins a new one.
  if (sessionId !== null) await resumeSession(sessionId).catch(leaveSession);
}

begin().catch(complain);
