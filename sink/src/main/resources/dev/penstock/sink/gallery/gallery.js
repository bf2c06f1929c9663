// The page is complete without this script; it adds what only a browser knows: the time of day, the real size of
// pictures, and what arrived since the page was made.

const mode = document.body.dataset.mode;

// --- Times as people say them -------------------------------------------------------------------------------

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const steps = [['second', 60], ['minute', 60], ['hour', 24], ['day', 30], ['month', 12], ['year', Infinity]];

function ago(instant) {
  let amount = Math.round((instant - Date.now()) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(amount) < size) return words.format(amount, unit);
    amount = Math.round(amount / size);
  }
  return '';
}

function tellTimes(root) {
  for (const time of root.querySelectorAll('.card footer time, td time')) {
    time.title ||= time.textContent;
    time.textContent = ago(new Date(time.dateTime));
  }
}

// --- Pictures of few pixels are shown pixel by pixel ---------------------------------------------------------

function measure(image) {
  image.classList.toggle('small', image.naturalWidth > 0 && image.naturalWidth <= 96);
}

function measurePictures(root) {
  for (const image of root.querySelectorAll('.face img')) {
    if (image.complete) measure(image);
    else image.addEventListener('load', () => measure(image), { once: true });
  }
}

function dress(root) {
  tellTimes(root);
  measurePictures(root);
}

// --- Light or dark --------------------------------------------------------------------------------------------

function remembered() {
  try { return localStorage.getItem('theme'); } catch { return null; }
}

function remember(theme) {
  try { localStorage.setItem('theme', theme); } catch { /* a file or a private window keeps nothing */ }
}

if (remembered()) document.documentElement.dataset.theme = remembered();
document.querySelector('.theme').addEventListener('click', () => {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
  remember(document.documentElement.dataset.theme);
});

// --- Filters ----------------------------------------------------------------------------------------------------

const filters = document.querySelector('.filters');

/** A gallery file has all its cards: hide those that do not match. */
function filterCards() {
  const wanted = Object.entries(Object.fromEntries(new FormData(filters))).filter(([, value]) => value);
  let shown = 0;
  for (const card of document.querySelectorAll('.card')) {
    card.hidden = !wanted.every(([name, value]) => card.dataset[name] === value);
    if (!card.hidden) shown++;
  }
  document.querySelector('.empty').hidden = shown > 0;
}

/** The console knows more than the page shows: ask it, with a short address. */
function askForCards() {
  const wanted = new URLSearchParams([...new FormData(filters)].filter(([, value]) => value));
  location.search = wanted.toString();
}

filters?.addEventListener('change', mode === 'file' ? filterCards : askForCards);

// --- What arrives -----------------------------------------------------------------------------------------------

function replace(fresh, selector) {
  const old = document.querySelector(selector);
  const now = fresh.querySelector(selector);
  if (old && now) old.replaceWith(document.adoptNode(now));
}

/** Puts new cards in front, keeps the elements of those that stay, drops what fell off the page. */
function merge(grid, fresh) {
  const known = new Map([...grid.children].map(card => [card.id, card]));
  const cards = [...fresh.children].map(card => {
    const old = known.get(card.id);
    if (old) return old;
    const added = document.adoptNode(card);
    added.classList.add('new');
    dress(added);
    return added;
  });
  grid.replaceChildren(...cards);
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  replace(fresh, '#figures');
  const grid = document.querySelector('#grid');
  const freshGrid = fresh.querySelector('#grid');
  if (grid && freshGrid) {
    merge(grid, freshGrid);
    grid.dataset.version = freshGrid.dataset.version;
  }
  replace(fresh, '#nothing');
}

function follow() {
  const light = document.querySelector('.live');
  const say = state => {
    light.dataset.state = state;
    light.textContent = state === 'on' ? 'Live' : 'Reconnecting';
  };
  let running = false;
  let again = false;
  const changed = async () => {
    if (running) { again = true; return; }
    running = true;
    do {
      again = false;
      await refresh().catch(() => say('off'));
    } while (again);
    running = false;
  };
  let events;
  const listen = () => {
    events = new EventSource('/api/live?version=' + document.querySelector('#grid').dataset.version);
    events.addEventListener('open', () => say('on'));
    events.addEventListener('error', () => say('off'));
    events.addEventListener('changed', changed);
  };
  // A hidden page gives its connection back: browsers allow a host only six.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) events?.close();
    else listen();
  });
  if (!document.hidden) listen();
}

dress(document);
setInterval(() => tellTimes(document), 15000);
if (mode === 'live') follow();
