// The ballot box on a tablet that goes from hand to hand: the browser's way back shows nobody's vote to the next voter.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall, launch, send, TABLET } from './support.mjs'

let hall, live, own, moderator, tablet

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  // A browser as people have it, which keeps a page when it is left.
  own = new Hall(hall.demo, await launch({ remembers: true }))
  moderator = await hall.device({ size: TABLET })
  await moderator.goto(live.console)
  tablet = await own.device({ size: TABLET })
  await tablet.goto(live.console)
})

after(async () => {
  await own?.browser.close()
  await hall?.close()
})

for (const [kind, taps] of Object.entries({ several: ['s.0', 's.0.1'], dots: ['d.1', 'd.2'], ranking: ['r.1', 'r.1.0'] })) {
  test(`${kind}: several presses, then into the box, and nothing of it comes back`, async () => {
    await poll({ kind, question: 'كيف؟', options: 'هاتف\nرسالة\nلقاء' })
    await tablet.goto(`${live.audience}/box`)
    for (const tap of taps) {
      await tablet.locator(`button[name="choice"][value="${tap}"]`).first().click()
      await tablet.locator(`button[name="drop"][value="${tap}"]`).waitFor()
    }
    assert.ok(await told(), 'whoever votes sees their own presses')
    await tablet.locator('button[name="drop"]').click()
    await tablet.locator('main .message').waitFor()
    await next()
    await nothingComesBack(taps.length + 3)
  })
}

test('a number that was typed, and who votes, do not come back', async () => {
  await poll({ kind: 'estimate', question: 'كم؟', low: 0, high: 9, apart: 'true' })
  await tablet.goto(`${live.audience}/box`)
  await tablet.locator('#number').fill('7')
  await tablet.locator('#voice-child').check({ force: true })
  await tablet.locator('#say-number').click()
  await tablet.locator('main .message').waitFor()
  await next()
  await nothingComesBack(4)
})

test('nothing went wrong behind anybody’s back', () => {
  hall.calm()
  // A page that was sent by a press is not asked for again by itself: the browser says so, and that is the wish.
  own.complaints = own.complaints.filter((complaint) => !complaint.includes('ERR_CACHE_MISS'))
  own.calm()
})

async function poll(asked) {
  await send(moderator, `/s/${live.code}/polls/put-away`)
  const running = /polls\/([0-9a-f-]{36})\/(?:ballot|word)/.exec(await (await moderator.context().request.get(live.audience)).text())?.[1]
  if (running) {
    await send(moderator, `/s/${live.code}/polls/${running}/close`)
    await send(moderator, `/s/${live.code}/polls/put-away`)
  }
  const made = await send(moderator, `/s/${live.code}/polls`, { id: crypto.randomUUID(), ...asked })
  assert.equal(made.status(), 200, await made.text())
}

async function next() {
  await tablet.locator('main a.button.main').click()
  await tablet.waitForURL(/\/box$/)
  await tablet.locator('main form.ballot').waitFor()
}

/** Anything on the page that says what somebody chose; a page that is just being left is looked at again. */
async function told() {
  for (;;) {
    try {
      return await marks()
    } catch (error) {
      if (!/context was destroyed/.test(error.message)) throw error
    }
  }
}

function marks() {
  return tablet.evaluate(() => {
    const found = document.querySelectorAll('.is-mine, .is-some, .rank, button[name="drop"]').length
    const typed = [...document.querySelectorAll('input[name="number"]')].some((field) => field.value)
    const voice = document.querySelector('#voice-child')?.checked
    return Boolean(found || typed || voice || document.body.textContent.includes('●'))
  })
}

async function nothingComesBack(steps) {
  for (let step = 0; step < steps; step++) {
    // A page that came by a press may be refused by the browser itself: there is nothing on it then either.
    await tablet.goBack({ timeout: 3_000 }).catch(() => null)
    assert.ok(!(await told()), `${step + 1} back: ${tablet.url()}`)
    await tablet.reload({ timeout: 3_000 }).catch(() => null)
    assert.ok(!(await told()), `${step + 1} back and loaded anew: ${tablet.url()}`)
  }
}
