// The sources beside the chat: the list of an answer's citations, the open document, and the tooltip of a marker.

function list(number, visible = true) {
  const turn = turns.get(number);
  if (!turn?.patch) return;
  part('side').hidden = false;
  root.setAttribute('data-sources', '');
  state.listed = number;
  const refused = turn.patch.cites.every((cite) => cite.number === null);
  part('list-title').textContent = refused ? 'Nearest passages' : 'Sources';
  part('list-question').textContent = turn.question;
  const groups = part('groups');
  setItems(groups, turn.patch.groups.map(() => '<li class="pc-group"><header></header><ul></ul></li>'));
  turn.patch.groups.forEach((group, index) => {
    const [head, quotes] = groups.children[index].children;
    setHtml(head, group.head);
    setItems(quotes, group.quotes);
  });
  if (visible) showList();
}

function showList() {
  part('doc').hidden = true;
  part('list').hidden = false;
  activate(null);
}

function activate(opened) {
  state.opened = opened;
  for (const marker of root.querySelectorAll('.pc-marker[aria-current]')) marker.removeAttribute('aria-current');
  if (!opened) return;
  const selector = `.pc-marker[data-cite="${opened.index}"]`;
  turns.get(opened.turn)?.article.querySelector(selector)?.setAttribute('aria-current', 'true');
}

async function open(number, index) {
  const turn = turns.get(number);
  const cite = turn?.patch?.cites[index];
  if (!cite) return;
  if (state.listed !== number) list(number, false);
  const request = ++state.request;
  hideTip();
  activate({ turn: number, index });
  nameDocument(turn, cite, index);
  part('list').hidden = true;
  part('doc').hidden = false;
  const answer = await call(wanted(turn, cite));
  if (request !== state.request) return; // another citation was opened meanwhile
  part('doc-body').innerHTML = answer.error === undefined ? answer.html : '';
  if (answer.error === undefined) part('doc-link').innerHTML = answer.link;
  notice(answer.error ?? answer.notice);
  toTheWords();
  tell(answer.error ?? `Opened ${cite.title}${cite.page ? `, page ${cite.page}` : ''}, at the cited words`);
}

function wanted(turn, cite) {
  const others = turn.patch.cites.filter((other) => other !== cite && other.document === cite.document);
  const { document, start, end, quote } = cite;
  return { document, start, end, quote, others: others.slice(0, 500).map((other) => [other.start, other.end]) };
}

async function call(request) {
  try {
    return await server.read(request);
  } catch {
    return { error: 'The server does not answer. Is Pincite still running?' };
  }
}

function nameDocument(turn, cite, index) {
  part('doc-title').textContent = cite.title;
  part('doc-meta').textContent = [cite.meta, cite.page && `page ${cite.page}`].filter(Boolean).join(' · ');
  part('doc-number').textContent = cite.number ?? '';
  part('doc-number').hidden = cite.number === null;
  part('doc-link').replaceChildren();
  part('doc-body').replaceChildren();
  part('place').textContent = `${index + 1} of ${turn.patch.cites.length}`;
  // Not "disabled", which would take the focus away from under a reader who walks by keyboard.
  root.querySelector('[data-do="previous"]').setAttribute('aria-disabled', index === 0);
  root.querySelector('[data-do="next"]').setAttribute('aria-disabled', index === turn.patch.cites.length - 1);
  const finding = part('doc-finding');
  finding.hidden = !cite.verdict;
  finding.className = `pc-finding pc-v-${cite.verdict}`;
  part('doc-icon').setAttribute('href', `#${cite.icon}`);
  part('doc-label').textContent = cite.label;
  part('doc-reason').textContent = cite.reason;
  notice('');
}

function notice(words) {
  part('doc-notice').hidden = !words;
  part('doc-notice').textContent = words ?? '';
}

function toTheWords() {
  if (NARROW.matches) {
    part('side').scrollIntoView({ block: 'start' });
    part('doc-title').focus({ preventScroll: true });
  }
  const body = part('doc-body');
  const mark = body.querySelector('mark.pc-active');
  if (!mark) { body.scrollTop = 0; return; }
  const above = mark.getBoundingClientRect().top - body.getBoundingClientRect().top;
  body.scrollTop += above - body.clientHeight / 4;
}

async function more(button) {
  const turn = turns.get(state.opened?.turn);
  const cite = turn?.patch.cites[state.opened.index];
  if (!cite) return;
  const before = button.dataset.before !== undefined;
  button.disabled = true;
  const offset = Number(before ? button.dataset.before : button.dataset.after);
  const answer = await call({ ...wanted(turn, cite), [before ? 'before' : 'after']: offset });
  if (answer.error !== undefined) { button.disabled = false; notice(answer.error); return; }
  const body = part('doc-body');
  const fromTheEnd = body.scrollHeight - body.scrollTop;
  body.style.overflowAnchor = 'none'; // the browser's own anchoring would count the new text twice
  button.outerHTML = answer.html;
  if (before) body.scrollTop = body.scrollHeight - fromTheEnd;
  body.focus({ preventScroll: true });
}

function back() {
  const opened = state.opened;
  showList();
  const marker = turns.get(opened?.turn)?.article.querySelector(`[data-cite="${opened.index}"]`);
  if (!marker) return;
  if (NARROW.matches) marker.scrollIntoView({ block: 'center' });
  marker.focus({ preventScroll: !NARROW.matches });
}

function step(by) {
  if (state.opened) open(state.opened.turn, state.opened.index + by);
}

async function copy(button, turn) {
  try {
    await navigator.clipboard.writeText(turn.patch.copy_text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Cannot copy here'; // browsers allow it on https and on this machine only
  }
  tell(button.textContent);
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

// ---- the tooltip of a marker: it can be hovered, and Escape puts it away

let tipTimer = 0;
let tipOwner = null;

function showTip(owner) {
  clearTimeout(tipTimer);
  const tip = part('tip');
  tip.replaceChildren(...tipContent(owner));
  if (!tip.childNodes.length) return;
  tipOwner?.removeAttribute('aria-describedby');
  tipOwner = owner;
  owner.setAttribute('aria-describedby', 'pc-tip');
  tip.hidden = false;
  const box = owner.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left - 12, window.innerWidth - tip.offsetWidth - 8));
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
}

function tipContent(owner) {
  if (owner.dataset.tip !== undefined) return [line('p', 'pc-tip-reason', owner.dataset.tip)];
  const cite = turns.get(turnOf(owner))?.patch?.cites[Number(owner.dataset.cite)];
  if (!cite) return [];
  const meta = [cite.meta, cite.page && `page ${cite.page}`].filter(Boolean).join(' · ');
  const finding = [cite.label, cite.reason].filter(Boolean).join(': ');
  return [
    line('p', 'pc-tip-quote', cite.quote), line('p', 'pc-tip-title', cite.title), line('p', 'pc-tip-meta', meta),
    ...(finding ? [line('p', 'pc-tip-reason', finding)] : []),
  ];
}

function line(tag, name, words) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = words;
  return made;
}

function hideTip(delay = 0) {
  clearTimeout(tipTimer);
  tipTimer = setTimeout(() => {
    part('tip').hidden = true;
    tipOwner?.removeAttribute('aria-describedby');
    tipOwner = null;
  }, delay);
}

function turnOf(node) {
  const article = node.closest('.pc-turn');
  for (const [number, turn] of turns) if (turn.article === article) return number;
  return state.listed;
}

