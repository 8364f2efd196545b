// The demo's hall: every device of a live session side by side, in one browser, as a newcomer meets Nadwa.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall, WALL } from './support.mjs'

let hall, page

before(async () => {
  hall = await Hall.open()
  // Half of the frames come by the demo's second address.
  const html = await (await fetch(hall.links.hall)).text()
  const frames = [...html.matchAll(/<iframe[^>]* src="(http[^"]+)"/g)].map(([, src]) => new URL(src).origin)
  assert.equal(frames.length, 3)
  frames.forEach((origin) => hall.origins.add(origin))
  page = await hall.device({ size: WALL })
  await page.goto(hall.links.hall)
})

after(() => hall?.close())

test('every device stands there, and is alive', async () => {
  for (const path of ['?pin=ar', '?pin=en', '/console', '/desk', '/screen', '/stage']) {
    await page.locator(`iframe[src$="${path}"]`).scrollIntoViewIfNeeded()
    await frame(path).locator('main').waitFor()
  }
  await frame('?pin=ar').locator('.voice', { hasText: 'مريم' }).waitFor()
  await frame('?pin=en').locator('.voice', { hasText: 'Mariam' }).waitFor()
})

test('a press on one device moves the others', async () => {
  await frame('/console').locator('form[action$="/next"] button').click()
  await frame('/screen').locator('.hall.joining').waitFor()
  await frame('?pin=en').locator('.field[data-moment="question"]').waitFor()
})

test('a question is asked, passed and shown without leaving the page', async () => {
  const text = 'سؤال من صفحة العرض'
  const phone = frame('?pin=ar')
  const id = await phone.locator('form[action$="/questions"] input[name="id"]').inputValue()
  await phone.locator('textarea[name="text"]').fill(text)
  await phone.locator('form[action$="/questions"] button').click()
  await phone.locator('.question-card', { hasText: text }).waitFor()
  const answer = await page.context().request.post(`${hall.sessions[0].audience}/questions/${id}/pass`)
  assert.equal(answer.status(), 200)
  await frame('?pin=ar').locator('.question-card.passed', { hasText: text }).waitFor()
})

test('the other pages open beside it', async () => {
  const other = await page.context().newPage()
  await other.goto(`${hall.origin}/programme`)
  await other.locator('.programme').waitFor()
  await other.goto(hall.links.organizer)
  await other.locator('.rooms').waitFor()
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

function frame(path) {
  return page.frameLocator(`iframe[src$="${path}"]`)
}
