// Every route, in every language, at every size: for eyes, for fingers, for screen readers. The table is routes.mjs.

import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { emptiness, letters, smallTargets, tooWide, violations, withAxe } from './look.mjs'
import { NO_PAGES, PAGES } from './routes.mjs'
import { cut, errors, faint, foreign, invalid, stretch, withHtmlcs } from './rules.mjs'
import { Hall, PHONE, ROOT, TABLET, WALL } from './support.mjs'

const SIZES = { phone: PHONE, tablet: TABLET, wall: WALL }
const LANGS = ['ar', 'en', 'fr']
/** The narrowest phone, where letters may also be twice as large (`A8`). */
const NARROW = { width: 320, height: 640 }

let hall, live

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  // Half of the hall's frames come by the demo's second address.
  const html = await (await fetch(hall.links.hall)).text()
  await choosePapers()
  await addSomebody()
  for (const [, src] of html.matchAll(/<iframe[^>]* src="(http[^"]+)"/g)) hall.origins.add(new URL(src).origin)
})

after(() => hall?.close())

test('the table has every page of the server', async () => {
  const folder = join(ROOT, 'server/src/http')
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.rs')).map((name) => join(folder, name))
  const sources = await Promise.all([join(ROOT, 'server/src/http.rs'), ...files].map((file) => readFile(file, 'utf8')))
  const source = sources.join('\n')
  const opened = [...source.matchAll(/\.route\(\s*"([^"]+)",\s*(get\(|.*\.get\()/g)].map(([, route]) => route)
  const known = [...PAGES.map(([route]) => route), ...NO_PAGES]
  assert.deepEqual(opened.filter((route) => !known.includes(route)), [], 'each needs a line in tests/browser/routes.mjs')
})

test('every page, in every language, at every size', async () => {
  // Three readers side by side, each on one page: what takes time is laying out and looking, not loading.
  const walks = await Promise.all(LANGS.map(walk))
  const found = walks.flat()
  await report(found)
  assert.equal(found.length, 0, `\n${found.slice(0, 80).join('\n')}\n`)
})

/** One reader's way through all pages. */
async function walk(lang) {
  let page = await reader({ lang })
  const found = []
  for (const [route, address, made] of PAGES) {
    const html = await visit(page, address)
    const say = (where, lines) => found.push(...lines.map((line) => `${route}, ${lang}, ${where}: ${line}`))
    say('html', await invalid(html))
    say('letters', [...(await letters(page)), ...(await foreign(page))])
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport)
      say(size, [...(await violations(page)), ...(await errors(page)), ...(await tooWide(page)), ...(await smallTargets(page)), ...(await emptiness(page))])
    }
    await page.setViewportSize(NARROW)
    say('320 px', [...(await tooWide(page)), ...(await emptiness(page))])
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    say('320 px, letters at 200 %', await tooWide(page))
    await page.evaluate(() => (document.documentElement.style.fontSize = ''))
    await stretch(page)
    say('words that are longer, 320 px', await tooWide(page))
    await page.setViewportSize(SIZES[made])
    say('words that are longer', [...(await tooWide(page)), ...(await cut(page))])
    page = await free(page, route, { lang })
  }
  await page.context().close()
  return found
}

test('dark, calm and high contrast are as good', async () => {
  const looks = { dark: { dark: true }, calm: { theme: 'calm' }, contrast: { theme: 'contrast' } }
  const walks = Object.entries(looks).map(async ([look, choice]) => {
    let page = await reader(choice)
    const found = []
    for (const [route, address, made] of PAGES) {
      await page.setViewportSize(SIZES[made])
      await visit(page, address)
      found.push(...(await violations(page)).map((line) => `${route}, ${look}: ${line}`))
      page = await free(page, route, choice)
    }
    await page.context().close()
    return found
  })
  const found = (await Promise.all(walks)).flat()
  assert.equal(found.length, 0, `\n${found.slice(0, 60).join('\n')}\n`)
})

test('forms stay visible in the colours of the system, and nothing moves where motion is not wanted', async () => {
  let page = await reader({})
  const found = []
  for (const [route, address, made] of PAGES) {
    await page.setViewportSize(SIZES[made])
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    await visit(page, address)
    found.push(...(await faint(page)).map((line) => `${route}: ${line}`))
    const moving = await page.evaluate(() => document.getAnimations().length)
    if (moving > 0) found.push(`${route}: ${moving} things move`)
    page = await free(page, route, {})
  }
  await page.context().close()
  assert.equal(found.length, 0, `\n${found.join('\n')}\n`)
})

/** One paper that its authors still change, and one that everybody may read. */
async function choosePapers() {
  const device = await hall.device({ js: false })
  const written = await enter(device.context().request)
  hall.paper = /papers\/([0-9a-f-]{36})/.exec(written.url())[1]
  const list = await (await device.context().request.get(`${hall.origin}/papers`)).text()
  hall.published = /href="\/papers\/([0-9a-f-]{36})"/.exec(list)[1]
  await device.context().close()
}

/** Somebody with a very short name among the people, and a session that says what it is about (A1, A6). */
async function addSomebody() {
  const device = await hall.device({ js: false, size: TABLET })
  await device.context().request.get(`${hall.origin}/hall`)
  hall.person = crypto.randomUUID()
  const somebody = { id: hall.person, 'name.ar': 'مي', group: 'child', shows: 'role' }
  const headers = { origin: hall.origin }
  const added = await device.context().request.post(`${hall.origin}/organizer/people`, { form: somebody, headers })
  assert.equal(added.status(), 200)
  const outcomes = await (await device.context().request.get(`${hall.origin}/organizer/outcomes`)).text()
  hall.outcome = /\/organizer\/outcomes\/([0-9a-f-]{36})/.exec(outcomes)?.[1]
  assert.ok(hall.outcome, 'the demo has recommendations')
  const owed = await (await device.context().request.get(`${hall.origin}/answers`)).text()
  hall.owed = /\/answers\/([0-9a-f-]{36})/.exec(owed)?.[1]
  assert.ok(hall.owed, 'and one that is owed')
  hall.organisation = crypto.randomUUID()
  const organisation = { id: hall.organisation, 'name.ar': 'محكمة', kind: 'court', standing: 'guest' }
  const listed = await device.context().request.post(`${hall.origin}/organizer/organisations`, { form: organisation, headers })
  assert.equal(listed.status(), 200)
  const session = `/organizer/sessions/${hall.sessions[1].id}`
  await device.goto(`${hall.origin}${session}`)
  const saved = device.waitForResponse((said) => said.request().method() === 'POST')
  await device.locator(`form[action="${session}"]`).evaluate((form) => {
    form.elements['about.ar'].value = 'كيف نسمع من لا يتكلم؟'
    form.submit()
  })
  assert.equal((await saved).status(), 303)
  await device.goto(`${hall.origin}/organizer/programme`)
  const published = device.waitForResponse((said) => said.request().method() === 'POST')
  await device.locator('form[action$="/programme/publish"]').first().evaluate((form) => form.submit())
  assert.equal((await published).status(), 303)
  assert.match(await (await device.goto(`${hall.origin}/programme`)).text(), /class="about"/)
  await device.context().close()
}

/** Comes in as the authors of a paper. */
function enter(request) {
  const [door, secret] = hall.links.authors.split('#')
  return request.post(door, { form: { secret }, headers: { origin: hall.origin } })
}

/** A device that has every pass of the demo, and both checkers in every page. */
async function reader(choice) {
  const page = await hall.device(choice)
  await withAxe(page)
  await withHtmlcs(page)
  const { request } = page.context()
  await request.get(`${hall.origin}/hall`)
  await enter(request)
  return page
}

/** The hall's frames take what a browser has in connections to one server: whoever was there goes on with another. */
async function free(page, route, choice) {
  if (route !== '/hall') return page
  await page.context().close()
  return reader(choice)
}

/** Goes to a page and waits until it is at rest: alive, and in its own letters. Answers what the server sent. */
async function visit(page, address) {
  const path = (typeof address === 'function' ? address(hall) : address).replace('CODE', live.code)
  const alive = /\/s\/\d+(\/(console|desk|screen|stage))?$/.test(path)
  const followed = alive ? page.waitForRequest(/\/feed\?/) : null
  const answer = await page.goto(`${hall.origin}${path}`)
  await followed
  await page.evaluate(() => document.fonts.ready)
  return answer.text()
}

/** What was walked and what was found, for whoever wants to see it: target/walk.txt. */
async function report(found) {
  const walked = `${PAGES.length} pages × ${LANGS.length} languages × ${Object.keys(SIZES).length} sizes, axe and HTML_CodeSniffer: ${found.length} findings`
  await mkdir(join(ROOT, 'target'), { recursive: true })
  await writeFile(join(ROOT, 'target/walk.txt'), [walked, ...PAGES.map(([route]) => route), '', ...found, ''].join('\n'))
}
