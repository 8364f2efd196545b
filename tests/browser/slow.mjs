// A cheap phone in a full hall, by `make bench`: how long a first visit takes until it reads, and until it is live.
//
// Chromium with a processor four times slower, 400 kbit/s and a round trip of 400 ms. Each visit is a new browser with
// nothing in its cache. The numbers are the browser's own: of the first letters on the page, and of the request that
// follows the session.

import { Hall } from './support.mjs'

const VISITS = 5
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
await hall.close()

console.log(`a cheap phone's first visit (4x slower, 400 kbit/s, 400 ms), ${VISITS} visits`)
tell('the page reads (first letters)', reads, 2500)
tell('its form works, without wasm', forms, 2500)
tell('it is live (follows the session)', lives, 6000)

function tell(name, times, budget) {
  const sorted = [...times].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  const verdict = sorted.at(-1) <= budget ? 'within' : 'OVER'
  console.log(`  ${name.padEnd(34)} median ${middle.toFixed(0)} ms  longest ${sorted.at(-1).toFixed(0)} ms  (${verdict} ${budget})`)
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
