// Progressive enhancement only: every page works without this file.
// Keeps times current, swaps regions that changed on the server, and sends forms without leaving the page.

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

function span(ms) {
  const index = units.findIndex(([size]) => ms >= size);
  if (index === -1) return `${Math.floor(ms / 1000)} s`;
  const [size, unit] = units[index];
  const first = `${Math.floor(ms / size)} ${unit}`;
  const next = units[index + 1];
  const rest = next ? Math.floor((ms % size) / next[0]) : Math.floor((ms % size) / 1000);
  return rest > 0 ? `${first} ${rest} ${next ? next[1] : 's'}` : first;
}

function ago(at, now) {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'just now';
  const [size, unit] = units.find(([ms]) => distance >= ms) ?? units[2];
  const words = `${Math.max(1, Math.floor(distance / size))} ${unit}`;
  return at > now ? `in ${words}` : `${words} ago`;
}

function say(words) {
  const place = document.getElementById('said');
  if (place) place.textContent = words;
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

function tellTimes() {
  const now = Date.now();
  for (const time of document.querySelectorAll('time[data-ago], time[data-until]')) {
    const at = Date.parse(time.dateTime);
    const left = at - now;
    const words = 'until' in time.dataset ? (left > 0 ? span(left) : 'any moment') : ago(at, now);
    if (time.textContent !== words) time.textContent = words;
    if (!time.dataset.exact) {
      time.title = exact.format(at);
      time.dataset.exact = 'yes';
    }
  }
}

// What the server last sent for each region: compared with, since times on the page change by themselves.
const sent = new Map();
for (const region of document.querySelectorAll('[data-region]')) {
  sent.set(region.id, region.innerHTML);
}

const changed = (field) =>
  field.type === 'hidden' || field.matches('button, select')
    ? false
    : field.value !== field.defaultValue;

/** Whether somebody is writing or marking text in there. */
function busy(region) {
  const selection = getSelection();
  const marking =
    selection !== null && !selection.isCollapsed && region.contains(selection.anchorNode);
  const writing =
    region.contains(document.activeElement) &&
    document.activeElement.matches('input, textarea, select');
  return marking || writing || [...region.querySelectorAll('input, textarea')].some(changed);
}

/** Open boxes stay open and what had the focus keeps it. */
function swap(region, fresh) {
  const open = [...region.querySelectorAll('details[open]')].map((box) =>
    box.querySelector('summary')?.textContent.trim(),
  );
  const focused = region.contains(document.activeElement) ? document.activeElement.id : '';
  const before = new Set([...region.querySelectorAll('[id]')].map(({ id }) => id));
  region.replaceChildren(...fresh.childNodes);
  for (const box of region.querySelectorAll('details')) {
    if (open.includes(box.querySelector('summary')?.textContent.trim())) box.open = true;
  }
  for (const note of region.querySelectorAll('article[id]')) {
    if (!before.has(note.id)) note.classList.add('fresh');
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Takes over what differs; `force` also where somebody writes, since they have just sent it. */
function take(html, force) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  let swapped = 0;
  let waiting = false;
  for (const fresh of page.querySelectorAll('[data-region]')) {
    const region = document.getElementById(fresh.id);
    const body = fresh.innerHTML;
    if (!region || sent.get(fresh.id) === body) continue;
    if (!force?.contains(region) && !region.contains(force) && busy(region)) {
      waiting = true;
      continue;
    }
    swap(region, fresh);
    sent.set(fresh.id, body);
    swapped += 1;
  }
  tellTimes();
  return { page, swapped, waiting };
}

const address = document.body.dataset.live;
let stamp = '';
let looking = false;

async function look() {
  if (!address || looking || document.visibilityState !== 'visible') return;
  looking = true;
  try {
    const headers = stamp ? { 'If-None-Match': stamp } : {};
    const answer = await fetch(address, { headers, cache: 'no-store' });
    if (answer.status === 200) {
      const page = await fetch(location.href, { cache: 'no-store' });
      if (page.ok) {
        const { swapped, waiting } = take(await page.text(), null);
        // A region somebody writes in is looked at again when they are done.
        stamp = waiting ? '' : (answer.headers.get('ETag') ?? '');
        if (swapped > 0) say('The page has been updated.');
      }
    }
  } catch {
    // The sandbox was stopped, or is being started again: the next look tells.
  } finally {
    looking = false;
  }
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  form.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.getAttribute('action'), { method: 'POST', body });
    if (!answer.headers.get('Content-Type')?.startsWith('text/html')) {
      say(await answer.text());
      return;
    }
    const html = await answer.text();
    if (answer.ok) form.reset();
    const { page } = take(html, form);
    const trouble = document.getElementById('trouble');
    const words = page.getElementById('trouble')?.textContent.trim();
    if (!answer.ok && !trouble) location.reload();
    trouble?.scrollIntoView({ block: 'nearest' });
    say(answer.ok ? 'Done.' : (words ?? 'That did not work.'));
    stamp = '';
  } catch {
    say('The sandbox did not answer.');
  } finally {
    form.removeAttribute('aria-busy');
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || 'plain' in form.dataset) return;
  event.preventDefault();
  if (form.getAttribute('aria-busy') !== 'true') void send(form, event.submitter);
});

// Ctrl+Enter sends what one writes, as on GitLab.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === 'Escape') closeMenus(null);
});

function closeMenus(keep) {
  for (const menu of document.querySelectorAll('.switcher[open], .branches-menu[open]')) {
    if (!menu.contains(keep)) menu.open = false;
  }
}
document.addEventListener('click', (event) => closeMenus(event.target));

tellTimes();
setInterval(tellTimes, 1000);
setInterval(look, 1500);
document.addEventListener('visibilitychange', look);
