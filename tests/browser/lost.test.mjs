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
