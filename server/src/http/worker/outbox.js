// The outbox: what was typed without a network is kept encrypted (letters.rs) and sent later. It stands before the service
// worker's script, and before the page's own where a browser has no worker (plain.js). Each of them says how it encrypts
// (`encrypt`), what a letter is kept under (`nameOf`), in which language it is answered (`lang`), and who hears of it
// (`tellSent`, `giveBack`).

/** Forms whose words are kept and sent later: each is one command with its own id, so that twice is once. */
const LETTERS = [/^\/s\/\d+\/questions$/, /^\/s\/\d+\/polls\/[^/]+\/ballot$/]
/** After a day nobody wants it sent any more: it comes back. */
const KEPT_MS = 24 * 3_600_000

/** A form on its way. What does not arrive is kept, and sent when the network is back; what cannot be taken now waits. */
async function deliver(path, fields, send, later = (work) => work) {
  const key = await keyOf(path, fields)
  try {
    const answer = await send()
    const said = await ours(answer)
    // A reverse proxy has answered in the server's place.
    if (answer.status >= 500 && !said) throw new Error(answer.status)
    if (waits(said)) await put(path, fields, key)
    else later(forget(key).catch(() => {}))
    return { answer }
  } catch (error) {
    // Without a seal from its page nothing can be kept: the page says that it could not be sent, and keeps what was typed.
    return { error, kept: await put(path, fields, key).catch(() => null) }
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
  const key = Uint8Array.from(secret.match(/../g), (byte) => parseInt(byte, 16))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  return { seal, data: await encrypt(key, nonce, new TextEncoder().encode(`${path}\n${fields}`)) }
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
    const answer = await fetch(`/letters?lang=${lang()}`, { method: 'POST', credentials: 'omit', headers, body }).catch(() => null)
    if (!answer) return
    const said = await ours(answer)
    // What was promised also waits where it comes too soon after another.
    if (answer.status === 429 || answer.status >= 500 || waits(said) || said?.refusal === 'TooSoon') continue
    if (answer.ok) {
      await forget(key)
      await tellSent(key)
    } else if ((await letters()).some((kept) => kept.key === key)) {
      // Unless its page was told in the meantime.
      await keep({ ...letter, returned: true, message: said?.message })
    }
  }
}

/** A question is one by its id; of a ballot only the last choice counts. No key tells which it is. */
function keyOf(path, fields) {
  return nameOf(path + (fields.get('id') ?? ''))
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
