// Registers the service worker, which caches the shell and the way to help, and keeps what was typed without a network
// (worker.js); where there is none, the page keeps that by itself (plain.js). Nothing on a page depends on it.

const worker = navigator.serviceWorker
/** The page comes to life first: on a cheap phone and a slow line the worker would take half of both from it. */
const AFTER_MS = 3_000

function start() {
  worker.register('/sw.js').then(tell, () => {})
}

/** What waits is tried again so often while somebody looks, and what came back is told again until it was heard. */
const AGAIN_MS = 20_000

function tell() {
  worker.controller?.postMessage({ lang: document.documentElement.lang, path: location.pathname })
}

// What waits for a network is encrypted by the key that its page brings along (letters.rs).
const seal = document.querySelector('meta[name="letter"]')?.content
const LETTERS = [/^\/s\/\d+\/questions$/, /^\/s\/\d+\/polls\/[^/]+\/ballot$/]
/** What this tab has written, beyond a reload and not beyond the tab (G5): its seals, and its questions' words by their id. */
const SEALS = 'nadwa-seals'
const MOST_SEALS = 50
const WORDS = 'nadwa-words-'
const seals = JSON.parse(sessionStorage.getItem(SEALS) ?? '[]')
/** What was sent from this page: its text, and by which key the worker knows it. */
const written = []

function enclose({ target, formData }) {
  const { pathname } = new URL(target.action)
  if (!seal || !LETTERS.some((form) => form.test(pathname))) return
  if (!seals.includes(seal)) sessionStorage.setItem(SEALS, JSON.stringify(seals.concat(seal).slice(-MOST_SEALS)))
  if (formData.get('text')) sessionStorage.setItem(WORDS + formData.get('id'), formData.get('text'))
  written.push({ of: pathname + (formData.get('id') ?? ''), text: formData.get('text') ?? '' })
  formData.append('letter', seal)
}

/** Where a question was sent later the server shows no words: the device may be another's. This tab has its own. */
function ownWords() {
  for (const card of document.querySelectorAll('[data-sent-later]')) {
    const text = sessionStorage.getItem(WORDS + card.dataset.sentLater)
    if (!text) continue
    const said = card.querySelector('.said')
    Object.assign(said, { textContent: text, dir: 'auto' })
    said.removeAttribute('lang')
    for (const area of card.querySelectorAll('textarea')) area.value = area.defaultValue = text
    card.querySelector('.then').hidden = false
    card.removeAttribute('data-sent-later')
  }
}

const mine = document.getElementById('part-mine')
if (mine) {
  ownWords()
  new MutationObserver(ownWords).observe(mine, { childList: true })
}

async function nameOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A text that has arrived while nobody looked need not be sent again. */
async function arrived({ sent, of: known }) {
  const area = document.getElementById('text')
  const lines = (value) => value.split(/\r?\n/).join('\n')
  for (const { of, text } of written) {
    const same = known ? known === of : (await nameOf(of)) === sent
    if (same && area && text && lines(text) === lines(area.value)) {
      area.value = ''
      document.getElementById('adult').checked = false
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
}

const coming = new Set()
const SOON_MS = 1_000

/** What could not be delivered comes back with the reason; what was written the server reads, to the tab that wrote it. */
async function cameBack({ key, seal, data, message }) {
  if (coming.has(key)) return
  coming.add(key)
  const kept = JSON.parse(sessionStorage.getItem(SEALS) ?? '[]').find((own) => own.startsWith(`${seal}.`))
  const body = new URLSearchParams({ seal, data, key: kept?.split('.')[1] ?? '' })
  const answer = await fetch('/letters/back', { method: 'POST', body }).catch(() => null)
  const back = answer?.ok ? await answer.json().catch(() => null) : null
  const told = () =>
    worker ? worker.controller?.postMessage({ told: key }) : document.dispatchEvent(new CustomEvent('told', { detail: key }))
  if (back && location.pathname === /^\/s\/\d+/.exec(back.path)?.[0]) {
    const form = new URLSearchParams(back.form ?? '')
    const detail = { text: form.get('text'), message }
    const hand = () => {
      // What was for adults alone stays so.
      if (form.has('adult')) document.getElementById('adult').checked = true
      // Only the page's island listens to it, once it is hydrated.
      const heard = !document.dispatchEvent(new CustomEvent('returned', { cancelable: true, detail }))
      if (!heard) return setTimeout(hand, SOON_MS)
      told()
    }
    return hand()
  }
  // The phone that wrote it is on this device no more: nobody can be told.
  if (answer?.status === 404) return told()
  coming.delete(key)
}

function hear(data) {
  if (data?.sent) arrived(data)
  if (data?.returned) cameBack(data.returned)
}

addEventListener('formdata', enclose)
if (worker) {
  worker.addEventListener('message', ({ data }) => hear(data))
  setInterval(() => document.visibilityState === 'visible' && tell(), AGAIN_MS)
  worker.addEventListener('controllerchange', tell)
  addEventListener('load', () => {
    tell()
    setTimeout(start, AFTER_MS)
  })
  addEventListener('online', () => (document.body.matches('.offline') ? location.reload() : tell()))
} else {
  // Without a secure context the page does by itself what the worker does elsewhere (plain.js).
  document.addEventListener('letter', ({ detail }) => hear(detail))
  addEventListener('load', () => import('/plain.js').catch(() => {}))
}
