// The service worker of one origin: caches the pages' shell and the way to help for when no network is there, and sends
// what was typed without one. BUILD and SHELL are prepended; see worker.rs.
//
// It never caches a page that is somebody's own: pages are fetched without cookies. What was typed is kept encrypted
// (letters.rs): nobody who has this device can read it, and it is sent as the phone's that wrote it, whoever the cookies
// are of by then.

const SHELL_CACHE = `nadwa-shell-${BUILD}`
const OPEN_CACHE = 'nadwa-open'
const OFFLINE = '/offline'
/** Longer than a slow hall's network, shorter than a child's patience. */
const PATIENCE_MS = 5_000
/** A page that is kept is asked for again after so long: its numbers may have changed. */
const FRESH_MS = 10 * 60_000
/** After a day nobody wants it sent any more: it comes back. */
const KEPT_MS = 24 * 3_600_000

/** Forms whose words are kept and sent later: each is one command with its own id, so that twice is once. */
const LETTERS = [/^\/s\/\d+\/questions$/, /^\/s\/\d+\/polls\/[^/]+\/ballot$/]
/** Pages that everybody may see, kept for when there is no network. */
const OPEN = [/^\/help$/, /^\/s\/\d+\/help$/, /^\/programme$/]

addEventListener('install', (event) => event.waitUntil(install()))
addEventListener('activate', (event) => event.waitUntil(activate()))
addEventListener('sync', (event) => event.waitUntil(sendAll()))
addEventListener('message', (event) => event.waitUntil(hear(event.data)))
addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin) return
  if (request.method === 'POST' && LETTERS.some((form) => form.test(url.pathname))) {
    event.respondWith(post(event, request))
  } else if (request.method === 'GET' && request.mode === 'navigate') {
    event.respondWith(page(request, url))
  } else if (request.method === 'GET' && /^\/(pkg\/|fonts\/|icons\/|exit\.js$)/.test(url.pathname)) {
    event.respondWith(asset(request))
  }
})

async function install() {
  const shell = await caches.open(SHELL_CACHE)
  // A file that cannot be fetched now is fetched when it is requested: installing must not fail for it.
  await Promise.allSettled(SHELL.map((address) => shell.add(address)))
  await skipWaiting()
}

/** Kept pages are dressed anew; the shell of the build before this one stays, for those that could not be had. */
async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith('nadwa-shell-'))
  await Promise.all(shells.slice(0, -2).map((name) => caches.delete(name)))
  const open = await caches.open(OPEN_CACHE)
  for (const { url } of await open.keys()) {
    const { pathname } = new URL(url)
    const lang = /<html lang="(\w+)"/.exec(await (await open.match(pathname))?.text())?.[1]
    await keepPage(open, pathname, lang ?? 'ar')
  }
  await clients.claim()
}

/** A page tells where it is and in which language; from then on the way to help is there without a network. */
async function hear({ lang = 'ar', path = '/', told } = {}) {
  if (told) return forget(told)
  reader = lang
  const session = /^\/s\/\d+/.exec(path)?.[0]
  const wanted = [OFFLINE, '/help', ...(session ? [`${session}/help`] : []), ...(path === '/programme' ? [path] : [])]
  const open = await caches.open(OPEN_CACHE)
  for (const address of wanted) {
    const kept = await open.match(address)
    const fresh = Date.now() - Date.parse(kept?.headers.get('date') ?? '') < FRESH_MS
    if (!fresh || !(await kept.text()).includes(`<html lang="${lang}"`)) await keepPage(open, address, lang)
  }
  await sendAll()
}

async function keepPage(open, address, lang) {
  // In the cache it says nothing of who is there now.
  const answer = await fetch(`${address}?lang=${lang}&kept=1`, { credentials: 'omit' }).catch(() => null)
  // The whole body is read before the cache entry is replaced: a connection that breaks in the middle would leave neither.
  const whole = answer?.ok && (await answer.blob().catch(() => null))
  if (whole) await open.put(address, new Response(whole, { headers: answer.headers }))
}

async function page(request, url) {
  const kept = () => caches.match(url.pathname, { cacheName: OPEN_CACHE })
  try {
    if (!OPEN.some((open) => open.test(url.pathname)) || !(await kept())) return await fetch(request)
    const late = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS))
    return await Promise.race([fetch(request), late])
  } catch {
    const help = url.pathname.endsWith('/help') ? await caches.match('/help', { cacheName: OPEN_CACHE }) : null
    return (await kept()) ?? help ?? (await offline())
  }
}

async function offline() {
  return (await caches.match(OFFLINE, { cacheName: OPEN_CACHE })) ?? Response.error()
}

async function asset(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  // Cache first, only for what is immutable under its name.
  if (answer.ok && /immutable/.test(answer.headers.get('cache-control') ?? '')) {
    const shell = await caches.open(SHELL_CACHE)
    await shell.put(request, answer.clone())
  }
  return answer
}

/** A form on its way. What does not arrive is kept, and sent when the network is back; what cannot be taken now waits. */
async function post(event, request) {
  const { pathname } = new URL(request.url)
  const fields = new URLSearchParams(await request.clone().text())
  const key = await keyOf(pathname, fields)
  try {
    const answer = await fetch(request)
    const said = await ours(answer)
    // A reverse proxy has answered in the server's place.
    if (answer.status >= 500 && !said) throw new Error(answer.status)
    if (waits(said)) await put(pathname, fields, key)
    else event.waitUntil(forget(key))
    return answer
  } catch (error) {
    // Without a seal from its page nothing can be kept: the page says that it could not be sent, and keeps what was typed.
    if (!(await put(pathname, fields, key))) throw error
    await registration.sync?.register('letters').catch(() => {})
    if (request.mode === 'navigate') return offline()
    throw error
  }
}

async function put(path, fields, key) {
  const letter = await sealed(path, fields)
  if (letter) await keep({ ...letter, key, at: Date.now() })
  return letter
}

/** Written in the key that its page brought along; the key is not kept, and the server finds it again by the seal. */
async function sealed(path, fields) {
  const [seal, secret] = (fields.get('letter') ?? '').split('.')
  if (!secret) return null
  fields.delete('letter')
  const raw = Uint8Array.from(secret.match(/../g), (byte) => parseInt(byte, 16))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(`${path}\n${fields}`)
  return { seal, data: hex(iv) + hex(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text)) }
}

function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What the server itself says to a page that listens. */
async function ours(answer) {
  const json = answer.headers.get('content-type')?.includes('json')
  return json ? answer.clone().json().catch(() => null) : null
}

/** Nobody can read it now: it may be sent again as it is. */
function waits(said) {
  return said?.refusal === 'IntakeClosed'
}

/** In which language the last page was read. */
let reader = 'ar'

let sending = null
/** One round at a time, whoever asks for it. */
function sendAll() {
  sending ??= sendEach().then(giveBack).finally(() => (sending = null))
  return sending
}

async function sendEach() {
  for (const letter of await letters()) {
    const { key, seal, data, at, returned } = letter
    if (returned) continue
    if (Date.now() - at > KEPT_MS) {
      await keep({ ...letter, returned: true })
      continue
    }
    const body = new URLSearchParams({ seal, data })
    const headers = { accept: 'application/json' }
    // `credentials: 'omit'`: never with the cookies of whoever has this device now.
    const answer = await fetch(`/letters?lang=${reader}`, { method: 'POST', credentials: 'omit', headers, body }).catch(() => null)
    if (!answer) return
    const said = await ours(answer)
    // What was promised also waits where it comes too soon after another.
    if (answer.status === 429 || answer.status >= 500 || waits(said) || said?.refusal === 'TooSoon') continue
    if (answer.ok) {
      await forget(key)
      for (const client of await clients.matchAll()) client.postMessage({ sent: key })
    } else if ((await letters()).some((kept) => kept.key === key)) {
      // Unless its page was told in the meantime.
      await keep({ ...letter, returned: true, message: said?.message })
    }
  }
}

/** What was promised and then refused stays, sealed, until the phone's page of its session has said so (N8). */
async function giveBack() {
  for (const letter of (await letters()).filter((letter) => letter.returned)) {
    const pages = (await clients.matchAll()).filter((client) => /^\/s\/\d+$/.test(new URL(client.url).pathname))
    for (const page of pages) page.postMessage({ returned: letter })
  }
}

/** A question is one by its id; of a ballot only the last choice counts. No key tells which it is. */
async function keyOf(path, fields) {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(path + (fields.get('id') ?? ''))))
}

function keep(letter) {
  return store('readwrite', (letters) => letters.put(letter, letter.key))
}

function forget(key) {
  return store('readwrite', (letters) => letters.delete(key))
}

function letters() {
  return store('readonly', (letters) => letters.getAll())
}

function store(mode, act) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open('nadwa', 2)
    opening.onupgradeneeded = () => {
      const base = opening.result
      // Letters of an early version are readable, and nobody knows whose they are.
      if (base.objectStoreNames.contains('letters')) base.deleteObjectStore('letters')
      base.createObjectStore('letters')
    }
    opening.onerror = () => fail(opening.error)
    opening.onsuccess = () => {
      const base = opening.result
      const asked = act(base.transaction('letters', mode).objectStore('letters'))
      asked.transaction.oncomplete = () => done(asked.result)
      asked.transaction.onerror = () => fail(asked.error)
      asked.transaction.addEventListener('complete', () => base.close())
    }
  })
}
