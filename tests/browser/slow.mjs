// A cheap phone in a full hall, by `make bench`: how long a first visit takes until it reads, and until it is live.
//
// Chromium with a processor four times slower, 400 kbit/s and a round trip of 400 ms. Each visit is a new browser with
// nothing in its cache. The numbers are the browser's own: of the first letters on the page, and of the request that
// follows the session.

import { follow, Hall, TABLET } from './support.mjs'

const VISITS = 5
/** Questions that wait at the desk. */
const WAITING = 300
/** Bytes a second of 400 kbit/s. */
const THROUGHPUT = 400_000 / 8
const ROUND_TRIP_MS = 400

const hall = await Hall.open()
const reads = []
const forms = []
const lives = []
for (let visit = 0; visit < VISITS; visit += 1) {
  const page = await hall.device()
  await cheap(page)
  const followed = page.waitForRequest(/\/feed\?/)
  const begun = performance.now()
  await page.goto(hall.sessions[0].audience, { waitUntil: 'commit' })
  // A plain form is usable as soon as its button is on the page: it needs no script.
  await page.locator('form[action$="/questions"] button').waitFor()
  forms.push(performance.now() - begun)
  await followed
  lives.push(performance.now() - begun)
  reads.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime))
  await page.context().close()
}
const drawn = await desk()
await hall.close()

console.log(`a cheap phone's first visit (4x slower, 400 kbit/s, 400 ms), ${VISITS} visits`)
tell('the page reads (first letters)', reads, 2500)
tell('its form works, without wasm', forms, 2500)
tell('it is live (follows the session)', lives, 6000)
console.log(`a tablet at the desk (4x slower) while ${WAITING} questions wait, ${drawn.length} new ones`)
tell('from the frame to the paint', drawn, 100)

function tell(name, times, budget) {
  const sorted = [...times].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  const verdict = sorted.at(-1) <= budget ? 'within' : 'OVER'
  console.log(`  ${name.padEnd(34)} median ${middle.toFixed(0)} ms  longest ${sorted.at(-1).toFixed(0)} ms  (${verdict} ${budget})`)
}

/** How long a tablet takes from a frame to what is painted of it. */
async function desk() {
  const live = hall.sessions[0]
  const page = await hall.device({ size: TABLET })
  await page.addInitScript(() => {
    window.drawn = []
    const Real = window.EventSource
    window.EventSource = class extends Real {
      constructor(...args) {
        super(...args)
        // The first to hear of a frame; told again once the frame after it was painted.
        this.addEventListener('frame', () => {
          const begun = performance.now()
          requestAnimationFrame(() => setTimeout(() => window.drawn.push(performance.now() - begun)))
        })
      }
    }
  })
  await follow(page, live.desk)
  for (let n = 0; n < WAITING; n += 1) await ask(live, `سؤال ${n}: كيف يصل صوتنا إلى من يقرر بعد هذا المؤتمر؟`)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.evaluate(() => (window.drawn = []))
  for (let n = 1; n <= VISITS; n += 1) {
    await ask(live, `سؤال جديد ${n}: متى نسمع الجواب؟`)
    await page.waitForFunction((n) => window.drawn.length >= n, n)
  }
  return page.evaluate(() => window.drawn)
}

/** Each comes from a phone of its own: it has no cookie yet. */
async function ask(live, text) {
  const body = new URLSearchParams({ id: crypto.randomUUID(), text })
  const answer = await fetch(`${live.audience}/questions`, { method: 'POST', body, headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
}

async function cheap(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: THROUGHPUT,
    uploadThroughput: THROUGHPUT,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}
