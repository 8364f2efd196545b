// The service worker of one origin: caches the pages' shell and the way to help for when no network is there, and sends
// what was typed without one. BUILD and SHELL are prepended, and outbox.js; see worker.rs.
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

/** A form on its way. */
async function post(event, request) {
  const { pathname } = new URL(request.url)
  const fields = new URLSearchParams(await request.clone().text())
  const { answer, error, kept } = await deliver(pathname, fields, () => fetch(request), (work) => event.waitUntil(work))
  if (answer) return answer
  if (!kept) throw error
  await registration.sync?.register('letters').catch(() => {})
  if (request.mode === 'navigate') return offline()
  throw error
}

async function encrypt(raw, iv, text) {
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  return hex(iv) + hex(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text))
}

async function nameOf(text) {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

async function tellSent(key) {
  for (const client of await clients.matchAll()) client.postMessage({ sent: key })
}

/** In which language the last page was read. */
let reader = 'ar'
const lang = () => reader

/** What was promised and then refused stays, sealed, until the phone's page of its session has said so (N8). */
async function giveBack() {
  for (const letter of (await letters()).filter((letter) => letter.returned)) {
    const pages = (await clients.matchAll()).filter((client) => /^\/s\/\d+$/.test(new URL(client.url).pathname))
    for (const page of pages) page.postMessage({ returned: letter })
  }
}
