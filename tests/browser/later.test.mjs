// A tablet's page comes to life step by step, and its wasm is compiled by a worker. Here every step waits for the test.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall, step, TABLET } from './support.mjs'

const BIG_BUTTON = 'form[action$="/next"] button'

/** Steps after which the page itself listens, and none of its parts does; one more, and the big button does. */
const PAGE_LISTENS = 4

let hall, live

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
})

after(() => hall?.close())

/** In the page: whatever is to be done at once is done when the test says so. */
function hold() {
  const later = window.setTimeout
  window.held = []
  window.setTimeout = (act, wait = 0, ...rest) => (wait > 0 || !window.held ? later(act, wait, ...rest) : window.held.push(act))
}

async function steps(page, count) {
  for (let at = 0; at < count; at += 1) {
    await page.waitForFunction(() => window.held.length > 0)
    await page.evaluate(() => void window.held.shift()())
  }
}

/** Lets the rest of the steps come as they do without a test. */
function letGo(page) {
  return page.evaluate(() => {
    const { held } = window
    window.held = undefined
    for (const act of held) window.setTimeout(act)
  })
}

for (const count of [PAGE_LISTENS, PAGE_LISTENS + 1, PAGE_LISTENS + 3]) {
  test(`a press after ${count} steps counts once, as if there were no script`, async () => {
    const tablet = await hall.device({ size: TABLET })
    await tablet.addInitScript(hold)
    await tablet.goto(live.console)
    await steps(tablet, count)
    const before = Number(await step(tablet))
    await Promise.all([tablet.waitForEvent('load'), tablet.locator(BIG_BUTTON).click()])
    assert.equal(Number(await step(tablet)), before + 1)
    const followed = tablet.waitForRequest(/\/feed\?as=console/)
    await steps(tablet, count)
    await letGo(tablet)
    await followed
    await tablet.evaluate(() => { window.same = true })
    await tablet.locator(BIG_BUTTON).click()
    await tablet.waitForFunction((next) => document.querySelector('form[action$="/next"] input[name="step"]').value === next, String(before + 2))
    assert.ok(await tablet.evaluate(() => window.same), 'the page is still the same')
    await tablet.context().close()
  })
}

const WITHOUT = {
  'a worker that can compile nothing': () => {
    window.Worker = class {
      postMessage() {
        this.onmessage({ data: null })
      }
    }
  },
  'no workers at all': () => {
    window.Worker = undefined
  },
}

for (const [what, arrange] of Object.entries(WITHOUT)) {
  test(`a tablet with ${what} comes to life all the same`, async () => {
    const tablet = await hall.device({ size: TABLET })
    await tablet.addInitScript(arrange)
    const followed = tablet.waitForRequest(/\/feed\?as=console/)
    await tablet.goto(live.console)
    await followed
    await tablet.context().close()
  })
}

test('nothing went wrong behind anybody’s back', () => hall.calm())
