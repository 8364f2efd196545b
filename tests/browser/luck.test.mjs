// Bad luck while somebody speaks: no network, a killed server, clocks that are wrong, a page that nobody looked at.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { endsAt, follow, fresh, Hall, left, middle, offBy, PHONE, press, sameSecond, showsTrueTime, TABLET, WALL } from './support.mjs'

/** No device is off by more after bad luck, in milliseconds. */
const OFF_MS = 250
/** Changes of the shown second that are looked at. */
const CHANGES = 5
const TWO_MINUTES = 120_000
const TEN_MINUTES = 600_000

let hall, live, screen

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  screen = await hall.device({ size: WALL })
  await follow(screen, live.screen)
  await screen.locator('.clock.running').waitFor()
})

after(() => hall?.close())

test('two minutes without a network: the tablet counts on, says why a press does nothing, and does nothing later', async () => {
  const tablet = await hall.device({ size: TABLET, clock: true })
  await follow(tablet, live.console)
  await tablet.locator('.clock.running').first().waitFor()
  await showsTrueTime(tablet)
  const step = await tablet.locator('form[action$="/next"] input[name="step"]').inputValue()
  await tablet.context().setOffline(true)
  await tablet.locator('.link.lost').waitFor()
  const before = await left(tablet)
  await tablet.clock.fastForward(TWO_MINUTES)
  const spent = before - (await left(tablet))
  assert.ok(spent >= 119 && spent <= 123, `two minutes have passed on its clock: ${spent} s`)
  for (const action of ['/next', '/timer/pause']) {
    await press(tablet, action)
    await tablet.locator('.toast', { hasText: 'لم تصل الضغطة' }).waitFor()
  }
  const later = []
  tablet.on('request', (request) => request.method() === 'POST' && later.push(request.url()))
  await tablet.context().setOffline(false)
  await tablet.clock.fastForward(8_000)
  await tablet.locator('.link.live').waitFor()
  await sameSecond(tablet, screen)
  assert.deepEqual(later, [], 'what was pressed is not sent later')
  assert.match(await fresh(tablet), new RegExp(`name="step"[^>]*value="${step}"`), 'the session is where it was')
  assert.equal(await screen.locator('.clock.running').count(), 1, 'and its clock runs')
  await tablet.context().close()
})

test('a screen whose own clock is wrong by a day, to either side, changes its seconds at the true instants', async (t) => {
  const ends = await endsAt(screen)
  for (const skew of [24, -24]) {
    const wrong = await hall.device({ size: WALL, skew })
    await follow(wrong, live.screen)
    await wrong.locator('.clock.running').waitFor()
    const off = await offBy(wrong, ends, CHANGES)
    t.diagnostic(`${skew} hours off: ${off.map((ms) => ms.toFixed(0))} ms`)
    assert.ok(middle(off) <= OFF_MS, `off by ${off}`)
    await sameSecond(wrong, screen)
    await wrong.context().close()
  }
})

test('ten minutes in the background: who looks again sees the true time at once', async (t) => {
  const page = await hall.device({ size: WALL, clock: true })
  await follow(page, live.screen)
  await page.locator('.clock.running').waitFor()
  await look(page, 'hidden')
  // Its timers did not run, and its clock was set forward: worse than what browsers do to a page in the background.
  await page.clock.fastForward(TEN_MINUTES)
  await look(page, 'visible')
  await sameSecond(page, screen)
  const off = await offBy(page, await endsAt(screen), CHANGES)
  t.diagnostic(`${off.map((ms) => ms.toFixed(0))} ms`)
  assert.ok(middle(off) <= OFF_MS, `off by ${off}`)
  await page.context().close()
})

test('the server is killed in the middle of a speech: every device comes back, and no clock is off', async (t) => {
  const devices = {
    console: await hall.device({ size: TABLET }),
    stage: await hall.device({ size: WALL }),
    phone: await hall.device({ size: PHONE }),
    screen,
  }
  await follow(devices.console, live.console_two)
  await follow(devices.stage, live.stage)
  await follow(devices.phone, live.audience)
  const ends = await endsAt(screen)
  const followed = Object.values(devices).map((page) => page.waitForResponse((answer) => /\/feed\?/.test(answer.url()) && answer.ok()))
  await hall.demo.die()
  await Promise.all(followed)
  assert.equal(await endsAt(screen), ends, 'the speech goes on, to the millisecond')
  for (const [name, page] of Object.entries(devices)) {
    const off = await offBy(page, ends, CHANGES)
    t.diagnostic(`${name}: ${off.map((ms) => ms.toFixed(0))} ms`)
    assert.ok(middle(off) <= OFF_MS, `${name} is off by ${off}`)
  }
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** Tells a page that it is in the background, or that somebody looks at it again. */
async function look(page, state) {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
