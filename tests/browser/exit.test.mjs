// The fast way out of the help page (S27): at once, and not by the way back. Without scripts it is a link.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall, TABLET } from './support.mjs'

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

test('organizers choose where it leads: nothing is asked of that page before the press', async () => {
  const address = 'https://weather.example/doha'
  const organizer = await hall.device({ size: TABLET })
  await organizer.goto(hall.links.organizer)
  await organizer.goto(`${hall.origin}/organizer/settings`)
  const form = organizer.locator('form[action$="/settings/exit"]')
  await form.locator('[name="page"]').fill('http://weather.example/doha')
  await form.locator('button').click()
  await form.locator('.refusal').waitFor()
  assert.equal(await form.locator('[name="page"]').inputValue(), 'http://weather.example/doha', 'what was typed is there')
  await form.locator('[name="page"]').fill(address)
  await form.locator('button').click()
  await organizer.locator('[role="status"]').waitFor()
  const phone = await hall.device()
  const asked = []
  await phone.route('https://weather.example/**', (route) => {
    asked.push(route.request().headers().referer)
    return route.fulfill({ body: '<!doctype html><title>weather</title>', contentType: 'text/html' })
  })
  await phone.goto(`${hall.origin}/help`)
  assert.match(await phone.locator('#exit-note').textContent(), /weather\.example/)
  const exit = phone.locator('a.exit')
  await exit.hover()
  await exit.focus()
  assert.deepEqual(asked, [])
  // From here on somebody else is asked, as the organizers wished; and is not told where the child comes from.
  hall.origins.add(new URL(address).origin)
  await exit.click({ noWaitAfter: true })
  await phone.waitForURL(address)
  assert.deepEqual(asked, [undefined])
})
