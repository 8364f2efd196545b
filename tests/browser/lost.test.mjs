// Phones lose their connection. The page says so in time, the clock goes on, and nothing that was typed is lost.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { buttons, deadEnd, follow, Hall, left, PHONE, sameSecond, showsTrueTime, TABLET, WALL } from './support.mjs'

const QUESTION = 'هل يبقى سؤالي إذا انقطع الاتصال؟'

let hall, live, desk

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  desk = await hall.device({ size: TABLET, clock: true })
  await follow(desk, live.desk)
})

after(() => hall?.close())

test('a phone without a network says so at once, keeps what is typed, and sends it once when it is back', async () => {
  const phone = await hall.device({ size: PHONE })
  await follow(phone, live.audience)
  await phone.locator('.link.live').waitFor()
  const text = phone.locator('textarea[name="text"]')
  await text.fill(QUESTION)
  await phone.context().setOffline(true)
  await phone.locator('.link.lost').waitFor()
  await phone.locator('.strip.lost', { hasText: 'الساعة مستمرة' }).waitFor()
  await text.press('End')
  await text.pressSequentially('!')
  await buttons(phone, '/questions').click()
  assert.equal(await text.inputValue(), `${QUESTION}!`)
  await phone.context().setOffline(false)
  await phone.locator('.question-card.received', { hasText: `${QUESTION}!` }).waitFor()
  await phone.locator('.link.live').waitFor()
  assert.equal(await phone.locator('.question-card', { hasText: QUESTION }).count(), 1)
  await desk.locator('.queue .fresh').click()
  await desk.locator('.waiting', { hasText: QUESTION }).waitFor()
  assert.equal(await desk.locator('.waiting', { hasText: QUESTION }).count(), 1)
})

test('a typed text outlives a reload', async () => {
  const phone = await hall.device({ size: PHONE })
  await follow(phone, live.audience)
  await phone.locator('textarea[name="text"]').fill(QUESTION)
  const followed = phone.waitForRequest(/\/feed\?/)
  await phone.reload()
  await followed
  await phone.waitForFunction((text) => document.querySelector('textarea[name="text"]').value === text, QUESTION)
})

test('a phone on a dead network notices the silence within half a minute, counts on, and comes back', async () => {
  const way = await deadEnd(hall.origin)
  try {
    const phone = await hall.device({ size: PHONE, clock: true, origin: way.origin })
    const screen = await hall.device({ size: WALL })
    await follow(screen, live.screen)
    await follow(phone, `${way.origin}/s/${live.code}`)
    await phone.locator('.clock.running').waitFor()
    await showsTrueTime(phone)
    const before = await left(phone)
    way.cut()
    await phone.clock.fastForward(20_000)
    await phone.locator('.link.late').waitFor()
    await phone.clock.fastForward(10_000)
    await phone.locator('.link.lost').waitFor()
    const spent = before - (await left(phone))
    assert.ok(spent >= 29, `the clock went on without a connection: ${spent} s`)
    way.mend()
    await phone.clock.fastForward(8_000)
    await phone.locator('.link.live').waitFor()
    await sameSecond(phone, screen)
  } finally {
    way.close()
  }
})

test('on plain http the way to help leads nowhere without a network: who listens is in the page, and a picture waits there', async () => {
  // A name that is nobody's own machine: browsers know no secure context there.
  const plain = hall.origin.replace('127.0.0.1', 'hall.test')
  const phone = await hall.device({ size: PHONE, origin: plain })
  const context = phone.context()
  await follow(phone, `${plain}/s/${live.code}`)
  assert.equal(await phone.evaluate(() => isSecureContext), false)
  const near = phone.locator('details.near')
  assert.equal(await near.isVisible(), false, 'it takes no place before')
  await context.setOffline(true)
  await phone.locator('.foot .help').click()
  await near.getByText('غرفة الهدوء').waitFor()
  await near.locator('.picture').first().click()
  await near.locator('.waits:not(:empty)').waitFor()
  assert.equal(await phone.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }).includes('picture')), false)
  await context.setOffline(false)
  await phone.waitForURL(/\/help\/sent/)
  // With a network the way to help leads to its page.
  await phone.goBack()
  await phone.locator('.foot .help').click()
  await phone.waitForURL(/\/help$/)
  await context.close()
})

test('on plain http a question without a network outlives its tab, unreadable, and goes when any page is open again (V1)', async () => {
  const plain = hall.origin.replace('127.0.0.1', 'hall.test')
  const text = 'هل يصل سؤالي بعد أن أغلقت الصفحة؟'
  const phone = await hall.device({ size: PHONE, origin: plain })
  const context = phone.context()
  await Promise.all([phone.waitForResponse(/\/chacha\.js$/), follow(phone, `${plain}/s/${live.code}`)])
  assert.deepEqual(await phone.evaluate(() => [isSecureContext, 'serviceWorker' in navigator]), [false, false])
  await phone.waitForFunction(() => !String(window.fetch).includes('native'))
  await phone.locator('textarea[name="text"]').fill(text)
  await context.setOffline(true)
  await buttons(phone, '/questions').click()
  const kept = await phone.waitForFunction(async () => {
    const base = await new Promise((done) => (indexedDB.open('nadwa').onsuccess = ({ target }) => done(target.result)))
    const asked = base.transaction('letters').objectStore('letters').getAll()
    await new Promise((done) => (asked.onsuccess = done))
    base.close()
    return asked.result.length ? JSON.stringify(asked.result) : null
  })
  assert.ok(!(await kept.jsonValue()).includes('text') && !(await kept.jsonValue()).includes('سؤالي'), 'nobody reads it there')
  await phone.close()
  await context.setOffline(false)
  // Whatever page it is: the brand's, as somebody opens it days later.
  const later = await context.newPage()
  await later.goto(plain)
  await desk.bringToFront()
  await desk.locator('.queue .fresh').click()
  await desk.locator('.waiting', { hasText: text }).waitFor()
  assert.equal(await desk.locator('.waiting', { hasText: text }).count(), 1)
  await context.close()
})

test('a wall stays awake, takes the lock again after it was hidden, and fills its screen by a key', async () => {
  const wall = await hall.device({ size: WALL })
  await wall.addInitScript(() => {
    window.locks = 0
    const request = async () => (window.locks += 1, { release: async () => {} })
    Object.defineProperty(Navigator.prototype, 'wakeLock', { get: () => ({ request }) })
    Element.prototype.requestFullscreen = async () => (window.full = true)
  })
  await follow(wall, live.screen)
  await wall.waitForFunction(() => window.locks === 1)
  await wall.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await wall.waitForFunction(() => window.locks === 2)
  await wall.keyboard.press('f')
  await wall.waitForFunction(() => window.full)
  await wall.context().close()
  // Without a secure context there is no lock: whoever holds the tablet reads it.
  const plain = hall.origin.replace('127.0.0.1', 'hall.test')
  const tablet = await hall.device({ size: TABLET, origin: plain })
  await follow(tablet, live.console_two.replace(hall.origin, plain))
  await tablet.locator('.may-go-dark').waitFor()
  await tablet.context().close()
})

test('a server that was away is found again', async () => {
  const phone = await hall.device({ size: PHONE, clock: true })
  // Every answer to the feed fails, as it does behind a web server whose own server is starting.
  await phone.route(/\/feed\?/, (route) => route.fulfill({ status: 204, body: '' }))
  await follow(phone, live.audience)
  await phone.unroute(/\/feed\?/)
  // A jump of the clock lets each timer of the page act once: as many as it takes until it asks again.
  let settled = false
  const followed = phone.waitForRequest(/\/feed\?/).finally(() => (settled = true))
  while (!settled) await phone.clock.fastForward(6_000)
  await followed
  await phone.locator('.link.live').waitFor()
})

test('the way to help works with nothing but HTML', async () => {
  const phone = await hall.device({ js: false })
  await phone.goto(live.audience)
  await phone.locator('a.help').click()
  await phone.getByText('غرفة الهدوء').first().waitFor()
  // The demo's numbers are examples, which nobody confirms: none is shown (N3).
  assert.equal(await phone.locator('.lines .number').count(), 0)
})
