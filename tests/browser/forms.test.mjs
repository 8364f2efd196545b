// The same job without a script: every control is a form, and every page is whole by itself.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { buttons, Hall, PHONE, reach, TABLET, WALL } from './support.mjs'

const QUESTION = 'كيف نشارك في القرار؟'

let hall, session, phone, moderator, desk, screen

before(async () => {
  hall = await Hall.open()
  // One that has not begun: it is opened here.
  session = hall.sessions[1]
  ;[phone, moderator, desk, screen] = await Promise.all([
    hall.device({ size: PHONE, js: false }),
    hall.device({ size: TABLET, js: false }),
    hall.device({ size: TABLET, js: false }),
    hall.device({ size: WALL, js: false }),
  ])
})

after(() => hall?.close())

test('every page says its language and direction with its first byte', async () => {
  for (const [lang, dir] of [['ar', 'rtl'], ['en', 'ltr'], ['fr', 'ltr']]) {
    for (const path of ['/', '/help', '/programme', `/s/${session.code}`, `/s/${session.code}/screen`, '/nothing-here']) {
      const answer = await fetch(`${hall.origin}${path}`, { headers: { cookie: `nadwa_lang=${lang}` } })
      const page = await answer.text()
      assert.match(page, new RegExp(`^<!DOCTYPE html><html lang="${lang}" dir="${dir}"`), path)
    }
  }
})

test('the children open the session, step by step', async () => {
  await desk.goto(session.desk)
  // An open page alone is nobody: a press says that somebody is there (G11).
  await Promise.all([desk.waitForResponse(/\/desk\/here/), buttons(desk, '/desk/here').first().click()])
  await moderator.goto(session.console)
  await phone.goto(session.audience)
  await phone.locator('.field[data-moment="plain"]').waitFor()
  await big(moderator)
  await phone.reload()
  await phone.locator('textarea[name="text"]').waitFor()
})

test('a question goes the whole way', async () => {
  const id = await phone.locator('form[action$="/questions"] input[name="id"]').inputValue()
  await phone.locator('textarea[name="text"]').fill(QUESTION)
  await buttons(phone, '/questions').click()
  await phone.waitForURL(/asked=1/)
  await phone.getByText('شكرًا، وصل السؤال').first().waitFor()
  await phone.locator('.question-card.received', { hasText: QUESTION }).waitFor()
  await desk.goto(desk.url())
  await desk.locator('.reading blockquote', { hasText: QUESTION }).waitFor()
  await buttons(desk, `/questions/${id}/pass`).click()
  await desk.locator('.waiting', { hasText: QUESTION }).waitFor({ state: 'detached' })
  await moderator.goto(moderator.url())
  await reach(buttons(moderator, `/questions/${id}/choose`))
  await moderator.locator('.pick.is-chosen', { hasText: QUESTION }).waitFor({ state: 'attached' })
  await reach(buttons(moderator, `/questions/${id}/show`))
  await screen.goto(session.screen)
  assert.equal(await screen.locator('.hall.asking .said').textContent(), QUESTION)
  await phone.goto(session.audience)
  await phone.locator('.question-card.on-screen', { hasText: QUESTION }).waitFor()
  await reach(buttons(moderator, `/questions/${id}/answered`))
  await phone.reload()
  await phone.locator('.question-card.answered', { hasText: QUESTION }).first().waitFor()
})

test('the same form sent twice is one question', async () => {
  const other = await hall.device({ size: PHONE, js: false })
  await other.goto(session.audience)
  const text = 'سؤال أُرسل مرتين'
  const form = { id: await other.locator('form[action$="/questions"] input[name="id"]').inputValue(), text }
  for (const _ of [1, 2]) {
    const answer = await other.context().request.post(`${session.audience}/questions`, { form, maxRedirects: 0 })
    assert.equal(answer.status(), 303)
  }
  await other.reload()
  assert.equal(await other.locator('.question-card', { hasText: text }).count(), 1)
})

test('a refusal stands beside what was typed, and nothing of it is lost', async () => {
  const other = await hall.device({ size: PHONE, js: false })
  await other.goto(session.audience)
  const long = 'لماذا '.repeat(80).trim()
  await other.locator('textarea[name="text"]').fill(long)
  await buttons(other, '/questions').click()
  await other.locator('.refusal').waitFor()
  assert.equal(await other.locator('textarea[name="text"]').inputValue(), long)
  assert.equal(await other.locator('textarea[name="text"]').getAttribute('aria-invalid'), 'true')
})

test('a wrong code is said beside the field', async () => {
  const other = await hall.device({ size: PHONE, js: false })
  await other.goto(hall.origin)
  await other.locator('input[name="code"]').fill('٠٠٠ ٠٠١')
  await buttons(other, '/join').click()
  await other.locator('.refusal').waitFor()
  assert.equal(await other.locator('input[name="code"]').inputValue(), '٠٠٠ ٠٠١')
})

test('a speaker’s clock, and a vote of too few to be shown', async () => {
  await big(moderator) // the paper
  await big(moderator) // its clock
  await screen.goto(session.screen)
  await screen.locator('.hall.speaking .clock.running').waitFor()
  for (const _ of ['questions', 'a speech', 'its clock', 'the poll', 'open it']) await big(moderator)
  await phone.goto(session.audience)
  await phone.locator('form[action$="/ballot"] [name="choice"][value="2"]').click()
  await phone.locator('form[action$="/ballot"] .is-mine[value="2"]').waitFor()
  await big(moderator) // close it
  await big(moderator) // show it
  await screen.goto(session.screen)
  await screen.locator('.hall.results').waitFor()
  await phone.goto(session.audience)
  for (const page of [screen, phone]) {
    assert.equal(await page.locator('.bars').count(), 0)
    await page.getByText('أقل من خمس إجابات').first().waitFor()
  }
})

test('an adult pauses the session for safety, and everybody sees it', async () => {
  await desk.goto(desk.url())
  await buttons(desk, '/safety/pause').click()
  await screen.goto(session.screen)
  await screen.locator('.hall.calm').waitFor()
  await phone.goto(session.audience)
  await phone.locator('.field[data-moment="safety"]').waitFor()
  assert.equal(await phone.locator('form[action$="/questions"]:visible').count(), 0)
  await moderator.goto(moderator.url())
  await moderator.locator('.console.is-paused').waitFor()
  await desk.goto(desk.url())
  await buttons(desk, '/safety/resume').click()
  await screen.goto(session.screen)
  await screen.locator('div.hall:has(main):not(.calm)').waitFor()
})

test('language and theme are chosen without a script, and stay', async () => {
  const other = await hall.device({ size: PHONE, js: false })
  await other.goto(hall.origin)
  await other.locator('.langs summary').click()
  await other.locator('.langs a[lang="en"]').click()
  assert.equal(await other.locator('html').getAttribute('dir'), 'ltr')
  await other.goto(`${hall.origin}/theme/dark?to=/`)
  await other.goto(session.audience)
  assert.equal(await other.locator('html').getAttribute('data-theme'), 'dark')
  assert.equal(await other.locator('html').getAttribute('lang'), 'en')
})

test('a pass that is taken back opens nothing any more', async () => {
  const organizer = await hall.device({ size: TABLET, js: false })
  await organizer.goto(hall.links.organizer)
  await organizer.goto(`${hall.origin}/organizer/cards`)
  const child = await hall.device({ size: TABLET, js: false })
  await child.goto(session.console_two)
  await child.locator('form[action$="/next"]').waitFor()
  const working = organizer.locator('form[action$="/revoke"]')
  const actions = await working.evaluateAll((forms) => forms.map((form) => new URL(form.action).pathname))
  assert.ok(actions.length > 10, 'the organizer sees the passes')
  for (const action of actions.reverse()) {
    await organizer.context().request.post(`${hall.origin}${action}`, { form: {} })
  }
  const answer = await child.goto(child.url())
  assert.equal(answer.status(), 403)
  await child.locator('a.button.main').waitFor()
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** Presses the big button. */
async function big(page) {
  await page.goto(page.url())
  const before = await page.locator('form[action$="/next"] input[name="step"]').inputValue()
  await buttons(page, '/next').click()
  await page.locator(`form[action$="/next"] input[name="step"]:not([value="${before}"])`).waitFor({ state: 'attached' })
}
