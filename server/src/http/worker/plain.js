// Where a browser has no service worker (plain http, some private windows), the page itself keeps what could not be sent,
// beyond the tab, and sends what waits whenever any page of ours is open. outbox.js stands before it.

import { chacha20poly1305 } from '/chacha.js'

const AGAIN_MS = 20_000
const ofPage = /^\/s\/\d+$/
const lang = () => document.documentElement.lang
/** Texts by the key of their letter, as far as this page has written them. */
const written = new Map()
const tell = (detail) => document.dispatchEvent(new CustomEvent('letter', { detail }))

/** Web Crypto is for secure contexts alone: the letter says that it is in the other cipher. */
function encrypt(key, nonce, text) {
  return `x${hex(nonce)}${hex(chacha20poly1305(key, nonce).encrypt(text))}`
}

/** The authentication code of it under a key that everybody has: a short name, and no secret. */
function nameOf(text) {
  const name = hex(chacha20poly1305(new Uint8Array(32), new Uint8Array(12)).encrypt(new TextEncoder().encode(text)).slice(-16))
  written.set(name, text)
  return name
}

function tellSent(key) {
  tell({ sent: key, of: written.get(key) })
}

/** What was promised and then refused stays, sealed, until the phone's page of its session has said so (N8). */
async function giveBack() {
  if (!ofPage.test(location.pathname)) return
  for (const returned of (await letters()).filter((letter) => letter.returned)) tell({ returned })
}

const fetchNow = window.fetch.bind(window)

window.fetch = async (address, init) => {
  const { pathname } = new URL(address.url ?? address, location.href)
  if (init?.method !== 'POST' || !LETTERS.some((form) => form.test(pathname))) return fetchNow(address, init)
  const { answer, error } = await deliver(pathname, new URLSearchParams(init.body), () => fetchNow(address, init))
  if (error) throw error
  return answer
}

document.addEventListener('told', ({ detail }) => forget(detail))
addEventListener('online', sendAll)
setInterval(() => document.visibilityState === 'visible' && sendAll(), AGAIN_MS)
sendAll()
