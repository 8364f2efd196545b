// How true the shown time is, how fast a press reaches the wall, and what a running wall costs, by `make bench`.
//
// Server and browser share a machine, so their wall clocks are one: the instants at which a page's shown second changes
// are compared with those at which the server says that it does. Skew is put into the page's `Date` before anything of
// it runs; jitter holds up every answer of `/clock`; the stalled stream is a way to the server that goes dead.

import { buttons, deadEnd, endsAt, follow, Hall, send, TABLET, WALL } from './support.mjs'

const PRESSES = 40
const SAMPLES = 200
const HOUR_MS = 3_600_000
/** Budgets, in milliseconds and in percent of one slow core. */
const TRUE_MS = 50
const PIXELS_MS = 150
const STALE_MS = 20_000
const CORE = 5
/** How much slower than this machine's the slow core is. */
const SLOWER = 4

const hall = await Hall.open()
const live = hall.sessions[0]
// The clock must run through all of it.
const team = await hall.device({ size: TABLET })
await follow(team, live.console)
for (let minute = 0; minute < 30; minute += 10) await send(team, `/s/${live.code}/timer/extend`, { seconds: 600 })

console.log(`the shown time of a running screen, ${SAMPLES} changes of the second in each condition`)
const conditions = [
  ['a true clock', {}],
  ['an hour ahead', { skew: HOUR_MS }],
  ['an hour behind', { skew: -HOUR_MS }],
  ['answers late by 0 to 400 ms', { jitter: 400 }],
  ['a stalled stream', { stalls: true }],
  ['back from the background', { background: true }],
]
// Side by side: the changes of a second are few, and what is measured is small.
for (const [name, off] of await Promise.all(conditions.map(async ([name, how]) => [name, await truth(how)]))) {
  tell(name, off, TRUE_MS, 0.99)
}
tell('a page says that it is stale after', [await stale()], STALE_MS, 1)
console.log('from a press on the tablet to the wall’s pixels')
tell(`${PRESSES} presses`, await presses(), PIXELS_MS, 0.95)
console.log(`what a running page costs a core that is ${SLOWER} times slower`)
for (const name of ['screen', 'stage']) await costs(name)
await hall.close()

async function truth({ skew = 0, jitter = 0, stalls = false, background = false }) {
  const way = stalls ? await deadEnd(hall.origin) : null
  const origin = way?.origin ?? hall.origin
  const page = await hall.device({ size: WALL, origin })
  await page.addInitScript((shift) => {
    const Own = Date
    globalThis.Date = class extends Own {
      constructor(...given) {
        super(...(given.length ? given : [Own.now() + shift]))
      }
      static now() {
        return Own.now() + shift
      }
    }
  }, skew)
  if (jitter) {
    await page.route('**/clock', async (route) => {
      await new Promise((done) => setTimeout(done, Math.random() * jitter))
      await route.continue()
    })
  }
  await follow(page, `${origin}/s/${live.code}/screen`)
  await page.locator('.clock.running').waitFor()
  // The first probes are over: five of them, one after the other.
  await page.waitForFunction(() => performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/clock')).length >= 5)
  way?.cut()
  if (background) await away(page)
  const changes = await page.evaluate(changesOf, SAMPLES)
  const ends = await endsAt(team)
  way?.close()
  await page.context().close()
  return changes.map((at) => {
    const off = (((ends - at) % 1000) + 1000) % 1000
    return Math.min(off, 1000 - off)
  })
}

/** The instants at which the shown second changes, by the browser's own clock. */
function changesOf(samples) {
  return new Promise((done) => {
    const seen = []
    let last = document.querySelector('.clock .number').textContent
    new MutationObserver(() => {
      const now = document.querySelector('.clock .number')?.textContent
      if (!now || now === last) return
      last = now
      seen.push(performance.timeOrigin + performance.now())
      if (seen.length === samples) done(seen)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

/** Ten seconds as a page that nobody sees: the browser freezes it, and wakes it up. */
async function away(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await new Promise((done) => setTimeout(done, 10_000))
  await session.send('Page.setWebLifecycleState', { state: 'active' })
}

/** How long a page with a dead way to the server takes to say so, in milliseconds. */
async function stale() {
  const way = await deadEnd(hall.origin)
  const page = await hall.device({ size: WALL, origin: way.origin })
  await follow(page, `${way.origin}/s/${live.code}/screen`)
  await page.locator('.clock.running').waitFor()
  const begun = performance.now()
  way.cut()
  await page.locator('.strip:not(:empty), .link.late, .link.lost').first().waitFor({ state: 'attached' })
  const took = performance.now() - begun
  way.close()
  await page.context().close()
  return took
}

async function presses() {
  const screen = await hall.device({ size: WALL })
  await follow(screen, live.screen)
  await screen.locator('.clock').first().waitFor()
  await screen.evaluate(() => {
    window.painted = []
    let last = document.querySelector('.clock').className
    new MutationObserver(() => {
      const now = document.querySelector('.clock')?.className
      if (!now || now === last) return
      last = now
      // The frame that shows it is painted once the task after it runs.
      requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.timeOrigin + performance.now())))
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  const took = []
  while (took.length < PRESSES) {
    // Longer than the calm after a press.
    await new Promise((done) => setTimeout(done, 750))
    const button = buttons(team, took.length % 2 ? '/timer/resume' : '/timer/pause')
    const pressed = await button.evaluate((button) => {
      const at = performance.timeOrigin + performance.now()
      button.click()
      return at
    })
    await screen.waitForFunction((n) => window.painted.length > n, took.length)
    took.push((await screen.evaluate(() => window.painted.at(-1))) - pressed)
  }
  await screen.context().close()
  return took
}

/** Main-thread time and frames of ten seconds. */
async function costs(name) {
  const page = await hall.device({ size: WALL })
  await follow(page, live[name])
  await page.locator('.clock').first().waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value
  const before = await busy()
  await new Promise((done) => setTimeout(done, 10_000))
  const core = ((await busy()) - before) * 10
  const frames = await page.evaluate(() => new Promise((done) => {
    let frames = 0
    const begun = performance.now()
    const frame = () => {
      frames += 1
      if (performance.now() - begun < 10_000) requestAnimationFrame(frame)
      else done(frames / 10)
    }
    requestAnimationFrame(frame)
  }))
  await page.context().close()
  console.log(`  ${name.padEnd(34)} ${core.toFixed(1)} % of the core (${core <= CORE ? 'within' : 'OVER'} ${CORE}), ${frames.toFixed(0)} frames a second`)
}

function tell(name, times, budget, share) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
  const verdict = at(share) <= budget ? 'within' : 'OVER'
  console.log(`  ${name.padEnd(34)} median ${at(0.5).toFixed(0)} ms  ${share * 100} % ${at(share).toFixed(0)} ms  longest ${sorted.at(-1).toFixed(0)} ms  (${verdict} ${budget})`)
}
