// Every text fits (N11): the longest that is allowed, unbroken and broken, Arabic, Latin and small pictures, goes into
// every field that a page has, and then no page of any role is wider than its screen, and no wall cuts anything.
// With NADWA_SHOTS=FOLDER it leaves a picture of each page there, to be looked at.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { tooWide } from './look.mjs'
import { PAGES } from './routes.mjs'
import { Hall, PHONE, postAsPhone, send, TABLET, WALL } from './support.mjs'

const SHOTS = process.env.NADWA_SHOTS
/** A projector, an old projector, a screen that stands upright. */
const WALLS = { wide: WALL, old: { width: 1024, height: 768 }, upright: { width: 1080, height: 1920 } }
/** Signs of a line, an option, a name; and of a question. */
const LINE = 160
const QUESTION = 280
/** Of anything that is typed. */
const LONGEST = 1_000
/** The least size of a letter on a wall, in parts of its smaller side: 26 px on a full screen of 1080. */
const LEAST = 0.02

/** A wall of frames, and specimens: nothing that is typed comes there. */
const ELSEWHERE = ['/hall', '/look', '/look/words']

const KINDS = {
  arabic: (length) => 'مستقبلنا'.repeat(length).slice(0, length),
  latin: (length) => 'Wwillkommen'.repeat(length).slice(0, length),
  address: (length) => `https://example.org/${'abc/'.repeat(length)}`.slice(0, length),
  broken: (length) => 'نحن نكتب أطول ما يُسمح به هنا '.repeat(length).slice(0, length).trim(),
}
const PICTURES = `من ${'😀'.repeat(QUESTION - 3)}`

/** Pages whose forms are filled, as far as it goes; what they refuse is refused, and nothing comes of it. */
const FILLED = [
  '/organizer/sessions/SESSION', '/organizer/settings', '/organizer/rooms', '/organizer/people', '/organizer/ready', '/organizer/screens', '/safeguarding',
  '/s/CODE/console/plan', '/s/CODE/console', '/s/CODE/desk', '/s/CODE/backstage', '/s/CODE', '/s/CODE/help', '/papers/PAPER/write',
]
/** What would end, erase or hide what is to be seen. */
const NEVER = 'leave|erase|revoke|remove|reissue|sign-out|withdraw|secret|import|close|annul|round|put-away|undo|pause|delete|/exit|/lang|sooner|later|zone'

let hall, live, all

before(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true })
  hall = await Hall.open()
  live = hall.sessions[0]
  all = await hall.device({ size: TABLET, js: true })
  await all.context().request.get(`${hall.origin}/hall`)
  await all.goto(`${hall.origin}/s/${live.code}`)
  const written = await hall.device({ size: TABLET })
  await written.goto(hall.links.authors)
  await written.waitForURL(/papers\/[0-9a-f-]{36}/)
  hall.paper = /papers\/([0-9a-f-]{36})/.exec(written.url())[1]
  await written.context().close()
  await all.goto(`${hall.origin}/papers`)
  hall.published = /href="\/papers\/([0-9a-f-]{36})"/.exec(await all.content())[1]
  await all.goto(`${hall.origin}/s/${live.code}`)
  await does('/desk/here', { by: 'hand' })
  for (const [place, path] of FILLED.entries()) await fill(address(path), Object.values(KINDS)[place % 4](LONGEST))
  for (const make of Object.values(KINDS)) await shownOne(make(QUESTION))
  await shownOne(PICTURES)
})

after(() => hall?.close())

test('no text widens a page of anybody', async () => {
  const wide = []
  const routes = PAGES.filter(([route, , size]) => size !== 'wall' && !ELSEWHERE.includes(route)).map(([, path]) => (typeof path === 'function' ? path(hall) : address(path)))
  for (const size of [PHONE, TABLET]) {
    await all.setViewportSize(size)
    for (const path of routes) {
      await all.goto(`${hall.origin}${path.replace(hall.origin, '')}`)
      for (const found of await tooWide(all)) wide.push(`${path} at ${size.width}: ${found}`)
      await shot(`${path.replaceAll(/\W+/g, '-')}.${size.width}`)
    }
  }
  assert.deepEqual(wide, [])
})

test('six options of the longest fit the three walls and a phone, open and shown', async () => {
  for (const [name, make] of Object.entries({ arabic: KINDS.arabic, broken: KINDS.broken })) {
    const options = Array.from({ length: 6 }, (_, place) => `${place + 1}${make(LINE - 1)}`)
    const id = crypto.randomUUID()
    await does('/polls', { id, kind: 'single', question: make(LINE), options: options.join('\n') })
    await walls(`${name}.open`)
    for (const choice of ['0', '1', '1', '2', '5', '0']) await postAsPhone(hall, live, `/polls/${id}/ballot`, { choice })
    await does(`/polls/${id}/close`)
    await does(`/polls/${id}/show`)
    await walls(`${name}.shown`)
    await does('/polls/put-away')
  }
})

test('the longest question, name and title fit wall and stage', async () => {
  for (const [name, make] of Object.entries({ arabic: KINDS.arabic, latin: KINDS.latin })) {
    const id = await shownOne(make(QUESTION))
    await walls(`${name}.question`)
    await does(`/questions/${id}/answered`)
    for (const show of ['welcome', 'plan', 'queue', 'rules']) {
      const shown = await send(all, `/s/${live.code}/screen`, { show })
      if (shown.status() === 200) await walls(`${name}.${show}`)
    }
  }
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** Fills every form of a page and sends it. */
async function fill(path, text) {
  await all.goto(`${hall.origin}${path}`)
  await all.evaluate(async ({ text, never, line, question }) => {
    const lines = 'input:not([type="hidden"], [type="checkbox"], [type="radio"], [type="file"], [type="password"], [type="date"], [type="time"], [inputmode])'
    for (const form of document.querySelectorAll('form[method="post"]')) {
      const fields = [...form.querySelectorAll(`${lines}, textarea`)].filter((field) => field.name && !field.disabled)
      if (!fields.length || new RegExp(never).test(form.action)) continue
      const sent = new URLSearchParams(new FormData(form))
      for (const button of form.querySelectorAll('button[name]')) sent.set(button.name, button.value)
      for (const field of fields) {
        if (field.name === 'zone') {
          sent.set('zone', 'Asia/Qatar')
          continue
        }
        const most = field.maxLength > 0 ? field.maxLength : question
        sent.set(field.name, text.slice(0, field.matches('textarea') ? most : Math.min(most, line)).trim())
      }
      await fetch(form.action, { method: 'POST', body: sent, headers: { accept: 'application/json' } })
    }
  }, { text, never: NEVER, line: LINE, question: QUESTION })
}

/** A question of a phone that is on the wall. */
async function shownOne(text) {
  const id = crypto.randomUUID()
  const asked = await postAsPhone(hall, live, '/questions', { id, text })
  assert.equal(asked.status, 303)
  await does(`/questions/${id}/pass`)
  await does(`/questions/${id}/show`)
  return id
}

async function does(path, fields = {}) {
  const answer = await send(all, `/s/${live.code}${path}`, fields)
  assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`)
}

/** On each wall, and on the stage: nothing is cut, and what is read is large enough. */
async function walls(name) {
  const found = []
  for (const [wall, size] of Object.entries(WALLS)) {
    await all.setViewportSize(size)
    for (const page of ['screen', 'stage']) {
      await all.goto(`${hall.origin}/s/${live.code}/${page}`)
      await all.evaluate(() => document.fonts.ready)
      await all.waitForFunction(() => document.querySelector('main').dataset.fit !== undefined)
      found.push(...(await outside()).map((what) => `${page}, ${wall}: ${what}`))
      await shot(`${name}.${page}.${wall}`)
    }
  }
  assert.deepEqual(found, [], name)
}

function outside() {
  return all.evaluate((least) => {
    const found = []
    const small = Math.min(innerWidth, innerHeight) * least
    const main = document.querySelector('main').getBoundingClientRect()
    for (const box of document.querySelectorAll('main :is(h1, h2, p, li, svg):not(.unseen, .unseen *)')) {
      if (!box.checkVisibility() || !box.getBoundingClientRect().height) continue
      const { top, bottom, left, right } = box.getBoundingClientRect()
      const slack = main.height * 0.012
      const what = `${box.tagName}.${box.className.baseVal ?? box.className} «${box.textContent.slice(0, 20)}»`
      if (top < main.top - slack || bottom > main.bottom + slack || left < -1 || right > innerWidth + 1) found.push(`${what} is cut`)
      const size = parseFloat(getComputedStyle(box).fontSize) * (box.currentCSSZoom ?? 1)
      // With the longest of everything, small print is smaller; what is said to the hall is not.
      const least = box.matches('.label, .soft, .note') || !box.className ? small / 2 : small
      if (box.textContent.trim() && size < least) found.push(`${what} is ${size.toFixed(0)} px`)
    }
    return found
  }, LEAST)
}

function address(path) {
  return path.replaceAll('CODE', live.code).replace('PAPER', hall.paper).replace('SESSION', live.id)
}

async function shot(name) {
  if (SHOTS) await all.screenshot({ path: join(SHOTS, `${name}.png`) })
}
