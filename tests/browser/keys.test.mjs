// A session run with a keyboard alone, and pages that stay where they are while they load.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { follow, Hall, PHONE, send, slow, step, TABLET } from './support.mjs'

/** Longer than the calm after a change, in which a press does not count. */
const CALM_MS = 700

let hall, live

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
})

after(() => hall?.close())

test('a child runs a session with a keyboard alone, in either direction', async () => {
  for (const lang of ['ar', 'en']) {
    const page = await hall.device({ lang, size: TABLET, clock: true })
    await page.context().request.get(`${hall.origin}/hall`)
    await follow(page, `${hall.origin}/s/${live.code}/console`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // The first key leads past the head.
    await page.waitForURL(/#main$/)
    const before = await step(page)
    await tabTo(page, 'form[action$="/next"] button')
    await page.clock.fastForward(CALM_MS)
    const moved = page.waitForResponse((answer) => answer.url().endsWith('/next') && answer.ok())
    await page.keyboard.press('Enter')
    await moved
    await page.waitForFunction((old) => document.querySelector('form[action$="/next"] input[name="step"]').value !== old, before)
    const held = await page.evaluate(() => document.activeElement.closest('form')?.getAttribute('action'))
    assert.match(held ?? '', /\/next$/, 'the focus stays on the big button')
    await tabTo(page, 'form[action$="/undo"] button')
    await page.clock.fastForward(CALM_MS)
    const undone = page.waitForResponse((answer) => answer.url().endsWith('/undo'))
    await page.keyboard.press('Enter')
    assert.ok((await undone).ok(), 'the way back is a key away')
    await page.context().close()
  }
})

test('nothing jumps while a page loads on a cheap phone', async () => {
  const team = await hall.device({ size: TABLET, js: false })
  await team.context().request.get(`${hall.origin}/hall`)
  await team.goto(`${hall.origin}/s/${live.code}/console`)
  await send(team, `/s/${live.code}/desk/here`)
  for (const [path, size] of [['/', PHONE], [`/s/${live.code}`, PHONE], ['/programme', PHONE], [`/s/${live.code}/console`, TABLET]]) {
    const page = await hall.device({ size })
    await page.context().request.get(`${hall.origin}/hall`)
    await page.addInitScript(() => {
      globalThis.shifted = 0
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) globalThis.shifted += shift.value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await slow(page)
    if (path.startsWith('/s/')) await follow(page, `${hall.origin}${path}`)
    else await page.goto(`${hall.origin}${path}`)
    await page.evaluate(() => document.fonts.ready)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    const shifted = await page.evaluate(() => globalThis.shifted)
    assert.ok(shifted <= 0.02, `${path} shifts by ${shifted}`)
    await page.context().close()
  }
})

/** Presses Tab until something has the focus. */
async function tabTo(page, selector) {
  for (let key = 0; key < 120; key += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`${selector} is not reached by keys`)
}
