// Asking and answering, and the page's events. Gradio runs sources.js and this, joined, once, as the body of a function
// of `element`, `trigger`, `props`, `server` and `watch`. What the server sends as HTML was escaped there (render.py,
// reader.py); everything else is set as text.

const root = element.querySelector('#pincite');
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const NEAR_THE_END = 120; // pixels: a reader this close to the end of the chat is taken along with it
const PATIENCE = 250; // milliseconds that the last patch may come after Gradio says that a question is over
const PING = 10000; // milliseconds between asking whether the server still runs, while an answer is awaited
const LOST = 'The connection was lost before the answer was complete. Please ask again.';
const NARROW = window.matchMedia('(max-width: 899px)');
const turns = new Map(); // number of a turn -> {article, question, patch, stopped}
const state = { next: 0, busy: null, pending: [], listed: null, opened: null, request: 0 };

// ---- asking

function ask(text) {
  const question = text.trim();
  if (!question || state.busy !== null) return;
  if (question.length > props.max_question) {
    hint(`That is ${question.length.toLocaleString('en')} characters. Please ask in at most ${props.max_question.toLocaleString('en')}: one point at a time finds the exact words best.`, true);
    return;
  }
  hint('');
  const number = state.next++;
  turns.set(number, { ...newTurn(question), question, patch: null, stopped: false });
  part('welcome').hidden = true;
  root.querySelector('[data-do="clear"]').hidden = false;
  part('question').value = '';
  fit();
  busy(number);
  state.pending.push(number);
  root.setAttribute('data-asked', '');
  if (NARROW.matches) turns.get(number).article.scrollIntoView({ block: 'start' });
  else part('scroll').scrollTop = part('scroll').scrollHeight;
  trigger('ask', { question, turn: number });
}

function newTurn(question) {
  const article = document.createElement('article');
  article.className = 'pc-turn pc-working';
  article.innerHTML = `
    <h2 class="pc-asked"><span class="pc-sr">You asked: </span><span></span></h2>
    <div class="pc-answer">
      <div data-slot="read_as"></div>
      <div data-slot="notice"></div>
      <p class="pc-waiting"><span class="pc-dots" aria-hidden="true"></span>Reading the documents</p>
      <div class="pc-text"><span data-slot="claims"></span><span data-slot="draft" aria-live="off"></span></div>
      <p class="pc-checking" aria-hidden="true"><span class="pc-dots"></span>The dimmed words are being checked</p>
      <div data-slot="tail"></div>
      <div data-slot="withheld"></div>
      <div class="pc-actions" hidden>
        <button type="button" class="pc-button pc-ghost" data-do="copy">Copy</button>
        <button type="button" class="pc-button pc-ghost" data-do="list">Sources</button>
      </div>
    </div>`;
  article.querySelector('.pc-asked span:last-child').textContent = question;
  part('turns').append(article);
  const slots = {};
  for (const slot of article.querySelectorAll('[data-slot]')) slots[slot.dataset.slot] = slot;
  return { article, slots };
}

function busy(number) {
  state.busy = number;
  part('send').hidden = number !== null;
  part('stop').hidden = number === null;
  root.toggleAttribute('data-busy', number !== null);
}

function hint(words, warning = false) {
  part('hint').textContent = words || 'Enter sends, Shift+Enter starts a new line';
  part('hint').classList.toggle('pc-warning', warning);
}

function fit() {
  const field = part('question');
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}

// ---- showing an answer as it grows

const shown = new WeakMap(); // element -> the HTML, or the list of them, that it was last given

function setHtml(target, html) {
  if (shown.get(target) === html) return;
  target.innerHTML = html;
  shown.set(target, html);
}

// Give `list` one child for each of `items`, touching only those that changed, so that focus and selection survive.
function setItems(list, items) {
  const old = shown.get(list) ?? [];
  items.forEach((html, index) => {
    if (old[index] === html) return;
    const holder = document.createElement('template');
    holder.innerHTML = html;
    const fresh = holder.content.firstElementChild;
    if (list.children[index]) list.children[index].replaceWith(fresh);
    else list.append(fresh);
  });
  while (list.children.length > items.length) list.lastElementChild.remove();
  shown.set(list, [...items]);
}

function show(patch) {
  const turn = turns.get(patch?.turn);
  if (!turn || turn.stopped) return;
  const scroll = part('scroll');
  const follow = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_THE_END;
  turn.patch = patch;
  for (const slot of ['read_as', 'notice', 'draft', 'tail', 'withheld']) setHtml(turn.slots[slot], patch[slot]);
  setItems(turn.slots.claims, patch.claims);
  if (patch.groups.length) list(patch.turn, state.opened?.turn !== patch.turn);
  if (patch.done) finish(turn);
  if (follow && !NARROW.matches) scroll.scrollTop = scroll.scrollHeight;
}

function finish(turn) {
  turn.article.classList.remove('pc-working');
  const { cites, copy_text: copy } = turn.patch ?? { cites: [], copy_text: '' };
  turn.article.querySelector('.pc-actions').hidden = !copy;
  turn.article.querySelector('[data-do="list"]').hidden = !cites.length;
  if (turns.get(state.busy) === turn) busy(null);
  tell(turn.stopped ? 'Stopped' : `Answer complete, ${cites.length} ${cites.length === 1 ? 'citation' : 'citations'}`);
}

function stop(words) {
  const turn = turns.get(state.busy);
  if (!turn) return;
  turn.stopped = true;
  setHtml(turn.slots.draft, ''); // only what was checked stays
  turn.slots.tail.replaceChildren(line('p', 'pc-summary', words));
  finish(turn);
}

function clear() {
  if (state.busy !== null) trigger('stop'); // only then: to cancel what has just ended is an error to Gradio
  turns.clear();
  part('turns').replaceChildren();
  part('welcome').hidden = false;
  part('side').hidden = true;
  root.removeAttribute('data-sources');
  root.removeAttribute('data-asked');
  root.querySelector('[data-do="clear"]').hidden = true;
  Object.assign(state, { listed: null, opened: null, request: state.request + 1 });
  busy(null);
  hint('');
  trigger('clear');
  part('question').focus();
}

const tell = (words) => { part('status').textContent = words; };

// ---- events, all on the root: what is inside it comes and goes

const ACTIONS = {
  stop: () => { stop('Stopped.'); trigger('stop'); },
  clear, back, previous: () => step(-1), next: () => step(1),
  copy: (button) => copy(button, turns.get(turnOf(button))),
  list: (button) => { list(turnOf(button)); if (NARROW.matches) part('side').scrollIntoView({ block: 'start' }); },
};

root.addEventListener('click', (event) => {
  const target = event.target.closest('[data-do], [data-cite], .pc-example, .pc-more');
  if (!target || !root.contains(target)) return;
  if (target.dataset.do) ACTIONS[target.dataset.do](target);
  else if (target.matches('.pc-example')) ask(target.textContent);
  else if (target.matches('.pc-more')) more(target);
  else if (target.tagName === 'BUTTON' || !String(window.getSelection())) open(turnOf(target), Number(target.dataset.cite));
});

part('composer').addEventListener('submit', (event) => { event.preventDefault(); ask(part('question').value); });
part('question').addEventListener('input', () => { fit(); hint(''); });
part('question').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(part('question').value);
});

const owner = (event) => event.target.closest?.('.pc-turn .pc-marker[data-cite], [data-tip]');
root.addEventListener('pointerover', (event) => {
  if (event.target.closest?.('.pc-tip')) clearTimeout(tipTimer);
  else if (owner(event) && event.pointerType !== 'touch') showTip(owner(event));
});
root.addEventListener('pointerout', (event) => { if (owner(event) || event.target.closest?.('.pc-tip')) hideTip(200); });
root.addEventListener('focusin', (event) => { if (owner(event)?.matches(':focus-visible')) showTip(owner(event)); });
root.addEventListener('focusout', (event) => { if (owner(event)) hideTip(); });
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (!part('tip').hidden) hideTip();
  else if (state.opened) back();
});
part('scroll').addEventListener('scroll', () => hideTip(), { passive: true });

watch('value', () => show(props.value));

// Gradio says here that a question is over, however it ended: for a stopped one only when its step is done, which can be
// after the next was asked, so they are counted off in order. One that is over without its last patch was cut off.
document.addEventListener('pincite:settled', () => {
  const number = state.pending.shift();
  setTimeout(() => {
    if (state.busy === number) stop(LOST);
  }, PATIENCE);
});

setInterval(() => { if (state.busy !== null) server.fill({}).catch(() => stop(LOST)); }, PING);

async function welcome() {
  const gone = () => ({ error: 'The server does not answer. Is Pincite still running?' });
  const said = await server.fill({}).catch(gone);
  part('hello').innerHTML = said.html ?? '';
  part('footer').textContent = said.footer ?? '';
  if (said.error) part('hello').append(line('p', 'pc-problem', said.error));
  else part('examples').innerHTML = (await server.suggest({}).catch(() => ({}))).html ?? '';
}

welcome();
part('question').focus({ preventScroll: true });
