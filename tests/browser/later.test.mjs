// A page comes to life step by step, and a tablet's wasm is compiled by a worker. Here every step waits for the test.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { buttons, follow, Hall, PHONE, send, step, TABLET } from './support.mjs'

const BIG_BUTTON = 'form[action$="/next"] button'

/** Steps after which the page itself listens, and none of its parts does; one more, and the big button does. */
const PAGE_LISTENS = 5

/** Steps after which the phone's form is live: one more than it has until its head is. */
const FORM_LISTENS = 6

let hall, live, desk

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  desk = await hall.device({ size: TABLET, js: false })
  await desk.context().request.get(`${hall.origin}/hall`)
  await desk.goto(`${hall.origin}/s/${live.code}/desk`)
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

for (const count of [FORM_LISTENS - 1, FORM_LISTENS, FORM_LISTENS + 2]) {
  test(`a question sent from a phone after ${count} steps arrives once, and what is typed next stays`, async () => {
    const phone = await hall.device({ size: PHONE })
    const [text, mine] = [phone.locator('#text'), phone.locator('.question-card.received')]
    await send(desk, `/s/${live.code}/desk/here`)
    await phone.addInitScript(hold)
    await phone.goto(live.audience)
    await text.fill(`بعد ${count}`)
    const followed = phone.waitForRequest(/\/feed\?/)
    await steps(phone, count)
    await phone.evaluate(() => { window.same = true })
    await buttons(phone, '/questions').click()
    if (count < FORM_LISTENS) await phone.waitForURL(/asked=1/)
    const same = await phone.evaluate(() => window.same === true)
    assert.equal(same, count >= FORM_LISTENS, 'the page is the same if its script has sent it')
    await letGo(phone)
    await followed
    await mine.waitFor()
    assert.equal(await mine.locator('.said').textContent(), `بعد ${count}`)
    await phone.getByRole('link', { name: 'سؤال آخر' }).click()
    await text.fill('سؤال يُكتب بعد ذلك')
    await buttons(phone, '/questions').click()
    await phone.locator('#refusal', { hasText: 'ثانية' }).waitFor()
    assert.equal(await text.inputValue(), 'سؤال يُكتب بعد ذلك', 'it came too soon, and is not lost')
    assert.equal(await mine.count(), 1)
    await phone.context().close()
  })
}

/** What a page itself has asked for, its workers not. */
function asked(page) {
  return page.evaluate(() => performance.getEntriesByType('resource').map((asked) => new URL(asked.name).pathname))
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
    await follow(tablet, live.console)
    assert.equal((await asked(tablet)).filter((path) => path.endsWith('.wasm')).length, 1, 'the page reads it itself')
    await tablet.context().close()
  })
}

test('a tablet leaves the reading of its wasm to a worker, and a phone needs none', async () => {
  const tablet = await hall.device({ size: TABLET })
  const compiled = tablet.waitForEvent('worker')
  await follow(tablet, live.console)
  assert.equal(new URL((await compiled).url()).pathname, '/compile.js')
  assert.deepEqual((await asked(tablet)).filter((path) => path.endsWith('.wasm')), [])
  await tablet.context().close()
  const phone = await hall.device({ size: PHONE })
  await follow(phone, live.audience)
  assert.equal((await asked(phone)).filter((path) => path.endsWith('.wasm')).length, 1)
  assert.deepEqual(phone.workers(), [])
  await phone.context().close()
})

test('nothing went wrong behind anybody’s back', () => hall.calm())
