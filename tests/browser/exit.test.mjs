// The fast way out of the help page (S27): at once, and not by the way back. Without scripts it is a link.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall } from './support.mjs'

let hall

before(async () => {
  hall = await Hall.open()
})

after(() => hall?.close())

test('the help page is left at once, and the way back does not lead to it', async () => {
  const phone = await hall.device()
  // A page that is being left answers no questions: it tells by itself once nothing of it is to be seen.
  let tell
  const covered = new Promise((told) => (tell = told))
  await phone.exposeFunction('covered', tell)
  await phone.addInitScript(() => {
    const look = () => document.body?.childElementCount === 0 && location.pathname.endsWith('/help') && window.covered()
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
  await phone.goto(hall.sessions[0].audience)
  await phone.locator('.foot .help').click()
  await phone.waitForURL(/\/help$/)
  // Covered before the next page is there: the server is kept waiting.
  let go
  const held = new Promise((open) => (go = open))
  await phone.route('**/programme', (route) => held.then(() => route.continue()))
  await phone.locator('a.exit').click({ noWaitAfter: true })
  await covered
  go()
  await phone.waitForURL(/\/programme$/)
  await phone.goBack()
  assert.ok(!phone.url().endsWith('/help'), phone.url())
})

test('without scripts it is an ordinary link', async () => {
  const phone = await hall.device({ js: false })
  await phone.goto(`${hall.origin}/help`)
  await phone.locator('a.exit').click()
  await phone.waitForURL(/\/programme$/)
})
