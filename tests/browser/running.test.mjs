// A whole session, run by two children on two tablets, with a third tablet that takes over in the middle: opening, two
// papers, somebody of the hall, a question, a poll, thanks. The wall's own clock is wrong by a day all the time.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { endsAt, follow, Hall, left, PHONE, press, send, step, TABLET, unfold, WALL } from './support.mjs'

/** A dead tablet is replaced in so many milliseconds. */
const REPLACED_WITHIN_MS = 15_000
const QUESTION = 'من يقرأ أوراقنا بعد المؤتمر؟'

let hall, session, one, two, desk, phone, screen

before(async () => {
  hall = await Hall.open()
  session = hall.sessions[1]
  ;[one, two, desk, phone, screen] = await Promise.all([
    hall.device({ size: TABLET, clock: true, lang: 'en' }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: PHONE }),
    hall.device({ size: WALL, skew: 24 }),
  ])
  await follow(desk, session.desk)
  await follow(one, session.console)
  await follow(two, session.console_two)
  await Promise.all([one, two].map(unfold))
  await follow(phone, session.audience)
  await follow(screen, session.screen)
})

after(() => hall?.close())

test('the first child opens the session, and gives the floor; the wall follows', async () => {
  await screen.locator('.hall.welcome').waitFor()
  await go(one)
  await go(one)
  await screen.locator('.hall.speaking .clock.ready').waitFor()
  await go(one)
  await screen.locator('.hall.speaking .voice', { hasText: 'مريم' }).waitFor()
  await screen.locator('.clock.running').waitFor()
})

test('a wall whose own clock is wrong by a day shows the time that is true', async () => {
  const ends = await endsAt(screen)
  const shown = await left(screen)
  const really = (ends - Date.now()) / 1000
  assert.ok(Math.abs(shown - really) <= 1.5, `${shown} s on the wall, ${really} s in truth`)
})

test('the second child adds somebody of the hall; the list of the first one does not move by itself', async () => {
  await add(two, 'لينا', { first: true })
  await two.locator('.turn', { hasText: 'لينا' }).waitFor()
  await one.locator('.turn', { hasText: 'لينا' }).waitFor()
  const before = await one.locator('.turn').first().boundingBox()
  await add(two, 'عمر')
  await two.locator('.turn', { hasText: 'عمر' }).waitFor()
  await one.locator('.head .fresh').waitFor()
  assert.equal(await one.locator('.turn', { hasText: 'عمر' }).count(), 0, 'it waits for a tap')
  assert.deepEqual(await one.locator('.turn').first().boundingBox(), before, 'nothing has moved')
  await one.locator('.head .fresh').click()
  await one.locator('.turn', { hasText: 'عمر' }).waitFor()
})

test('a remark lets the speech wait, and the speech loses no second', async () => {
  const wait = await left(screen)
  await press(one, '/remark')
  await screen.locator('.hall.speaking .voice', { hasText: 'لينا' }).waitFor()
  await go(one)
  await screen.locator('.hall.speaking .voice', { hasText: 'مريم' }).waitFor()
  const back = await left(screen)
  assert.ok(back <= wait && wait - back < 60, `${wait} s before, ${back} s after`)
  await screen.locator('.clock.running').waitFor()
})

test('a third tablet takes over by a code within fifteen seconds, and the clock runs on', async (t) => {
  const ends = await endsAt(screen)
  const third = await hall.device({ size: TABLET, clock: true, lang: 'en' })
  const begun = performance.now()
  await one.goto(`${hall.origin}/s/${session.code}/handover`)
  await follow(third, await one.locator('a.handover-link').getAttribute('href'))
  await third.locator('.clock.running').first().waitFor()
  await third.locator('form[action$="/next"] button.main:enabled').waitFor()
  const took = performance.now() - begun
  t.diagnostic(`from the code to the third tablet's clock: ${took.toFixed(0)} ms`)
  assert.ok(took < REPLACED_WITHIN_MS, `it took ${took} ms`)
  assert.equal(new URL(third.url()).pathname, `/s/${session.code}/console`)
  assert.equal(await endsAt(screen), ends, 'not a millisecond was lost')
  // Nobody signed out: the first tablet still may.
  await follow(one, `${hall.origin}/s/${session.code}/console`)
  await one.context().close()
  one = third
  await unfold(one)
})

test('a question goes from a phone by the desk to the wall, and is answered', async () => {
  await go(one)
  await screen.locator('.hall.joining').waitFor()
  const form = phone.locator('form[action$="/questions"]')
  const id = await form.locator('input[name="id"]').inputValue()
  await form.locator('textarea').fill(QUESTION)
  await form.locator('button').click()
  await phone.locator('.question-card', { hasText: QUESTION }).waitFor()
  assert.equal((await send(desk, `/s/${session.code}/questions/${id}/pass`)).status(), 200)
  await one.locator('.pick', { hasText: QUESTION }).waitFor()
  await press(one, `/questions/${id}/show`)
  await screen.locator('.hall', { hasText: QUESTION }).waitFor()
  await press(one, `/questions/${id}/answered`)
  await one.locator('.pick', { hasText: QUESTION }).waitFor({ state: 'detached' })
})

test('the one who waits speaks by the big button, and the next paper follows', async () => {
  await two.locator('form[action$="/next"] button', { hasText: 'عمر' }).waitFor()
  await go(two)
  await screen.locator('.hall.speaking .voice', { hasText: 'عمر' }).waitFor()
  for (let presses = 0; !(await screen.locator('.hall.speaking .voice', { hasText: 'يوسف' }).count()); presses += 1) {
    assert.ok(presses < 5, 'the second paper comes')
    await go(one)
  }
  await screen.locator('.clock.ready').waitFor()
  await go(two)
  await screen.locator('.clock.running').waitFor()
})

test('the hall votes, the children show it, and thank', async () => {
  for (const kind of ['voting', 'results', 'thanks']) {
    for (let presses = 0; !(await screen.locator(`.hall.${kind}`).count()); presses += 1) {
      assert.ok(presses < 4, `${kind} comes`)
      await go(presses % 2 ? two : one)
    }
    if (kind === 'voting') await vote()
  }
  await go(one)
  await one.locator('form[action$="/next"]').waitFor({ state: 'detached' })
})

test('both children see who did what, and the report has planned and actual time', async () => {
  for (const page of [one, two]) {
    const plan = await (await page.context().request.get(`${hall.origin}/s/${session.code}/console/plan`)).text()
    assert.ok(plan.includes('role="log"'))
    assert.ok((plan.match(/<li><bdi/g) ?? []).length >= 8, 'every press stands there')
  }
  const report = await (await one.context().request.get(`${hall.origin}/s/${session.code}/report`)).text()
  assert.match(report, /class="report"/)
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** Presses the big button, and waits until the session has gone on. */
async function go(page) {
  const before = await step(page)
  await press(page, '/next')
  await page.waitForFunction((old) => document.querySelector('form[action$="/next"] input[name="step"]')?.value !== old, before)
}

async function add(page, name, { first = false } = {}) {
  const form = page.locator('form[action$="/queue"]')
  if (!(await form.isVisible())) await page.locator('details:has(> form[action$="/queue"]) > summary').click()
  await form.locator('input[name="name"]').fill(name)
  await form.locator('input[name="first"]').setChecked(first)
  await press(page, '/queue')
}

async function vote() {
  const option = phone.locator('form[action$="/ballot"] [name="choice"][value="1"]')
  await option.click()
  await phone.locator('form[action$="/ballot"] .is-mine[value="1"]').waitFor()
}
