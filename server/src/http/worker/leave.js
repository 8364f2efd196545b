// One press, on every page: this device is for somebody else now (leaving.rs). The page empties what the browser keeps
// before it asks the server to end the passes: also where `Clear-Site-Data` is not known, which is so without TLS.
// Requests that wait for a network stay: they are encrypted, nobody on this device reads them, and they are still sent.

const LETTERS = 'nadwa'
const LEFT = 'nadwa-left'
const shown = Date.now()
const form = document.querySelector('form.hand-on')
const others = window.BroadcastChannel ? new BroadcastChannel(LETTERS) : null

function wipe() {
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  localStorage.setItem(LEFT, Date.now())
}

async function empty() {
  localStorage.clear()
  sessionStorage.clear()
  for (const name of (await window.caches?.keys()) ?? []) await caches.delete(name)
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name !== LETTERS) indexedDB.deleteDatabase(name)
}

/** Whether letters wait. Without a version nothing is made that was not there. */
async function waiting() {
  const there = await indexedDB.databases?.()
  if (there && !there.some(({ name }) => name === LETTERS)) return false
  return new Promise((done) => {
    const opening = indexedDB.open(LETTERS)
    opening.onerror = () => done(false)
    opening.onsuccess = () => {
      const base = opening.result
      if (!base.objectStoreNames.contains('letters')) return done(false), base.close()
      const asked = base.transaction('letters').objectStore('letters').count()
      asked.onerror = () => done(false)
      asked.onsuccess = () => (done(asked.result > 0), base.close())
    }
  })
}

/** A browser that hangs or forbids must not keep anybody from leaving. */
const soon = (work) => Promise.race([work.catch(() => false), new Promise((late) => setTimeout(late, 1_500))])

async function leave(event) {
  event.preventDefault()
  if (form.hasAttribute('data-busy')) return
  form.setAttribute('data-busy', '')
  // Wiped on pagehide: the back/forward cache shows nothing of it, and what a page stores when it is left goes too.
  addEventListener('pagehide', wipe)
  if (await soon(waiting())) form.elements.waiting.disabled = false
  await soon(empty())
  others?.postMessage(LEFT)
  form.submit()
}

/** Nobody has touched an adult's device for so long: it locks itself, and what stood here is in no way back. */
const after = Number(form?.dataset.lockAfter)
let touched = shown
let told = shown

function lock() {
  if (!after || Date.now() - touched < after || form.hasAttribute('data-busy')) return
  form.setAttribute('data-busy', '')
  addEventListener('pagehide', () => document.body.replaceChildren())
  form.action = '/lock'
  form.submit()
}

if (after) {
  // The server hears of it at times: it locks a device whose browser was closed meanwhile (awake.rs).
  const touch = () => {
    touched = Date.now()
    if (touched - told < 60_000) return
    told = touched
    fetch('/clock').catch(() => {})
  }
  for (const sign of ['pointerdown', 'keydown', 'input', 'wheel']) addEventListener(sign, touch, { passive: true, capture: true })
  setInterval(lock, 10_000)
  // A device that slept locks before anybody reads on it.
  for (const sign of ['visibilitychange', 'pageshow', 'focus']) addEventListener(sign, lock, true)
}

/** A locked device still says that somebody must come. */
const bell = document.querySelector('[data-rings]')
if (bell) {
  const feed = new EventSource(bell.dataset.rings)
  feed.addEventListener('frame', ({ data }) => (bell.hidden = !JSON.parse(data).view.ring))
}

/** What was somebody else's is left. */
function away() {
  addEventListener('pagehide', wipe)
  location.replace('/')
}

form?.addEventListener('submit', leave)
others?.addEventListener('message', ({ data }) => data === LEFT && away())
addEventListener('pageshow', ({ persisted }) => persisted && Number(localStorage.getItem(LEFT)) > shown && away())

// Where the press led: once more, for a page whose own script was not there yet. Loaded again it is an ordinary page.
if (document.body.matches('.left')) {
  soon(empty())
  history.replaceState(null, '', '/')
}
