// Takes a picture of every page, at every size, in every language, light and dark: into target/pictures.
// A few of them stand in the README: those go into .pictures, which is kept.

import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { PAGES } from './routes.mjs'
import { Hall, next, PHONE, ROOT, send, TABLET, WALL } from './support.mjs'

const SIZES = { phone: PHONE, tablet: TABLET, wall: WALL }
const FOLDER = join(ROOT, 'target/pictures')
const KEPT = join(ROOT, '.pictures')

/** Pages that do not change with the session: `help`, `organizer-reading`; the first is `landing`. */
const STILL = Object.fromEntries(PAGES.filter(([route]) => !route.startsWith('/s/{code}')).map(([route, address]) => [route.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'landing', address]))

/** Pages that do, each at the size that it is made for. */
const LIVE = { audience: ['', 'phone'], console: ['/console', 'tablet'], desk: ['/desk', 'tablet'], screen: ['/screen', 'wall'], stage: ['/stage', 'wall'] }

/** What the README shows. */
const README = {
  'hall.ar.wall.light': 'hall.png',
  'audience.speech.ar.phone.light': 'audience.png',
  'console.question.ar.tablet.light': 'console.png',
  'screen.question.ar.wall.light': 'screen.png',
}

const hall = await Hall.open()
const live = hall.sessions[0]
const team = await hall.device({ size: TABLET, js: false })
await team.context().request.get(`${hall.origin}/hall`)
await team.goto(`${hall.origin}/s/${live.code}/console`)

/** The moments that are worth a picture, in their order. */
const MOMENTS = {
  speech: () => ask('هل يبقى اسمي سرًّا إذا اتصلت بخط المساندة؟'),
  question: showOne,
  questions: answerIt,
  ready: () => next(team),
  paused: async () => {
    await next(team)
    await send(team, `/s/${live.code}/timer/pause`)
  },
  safety: () => send(team, `/s/${live.code}/safety/pause`),
  poll: async () => {
    await send(team, `/s/${live.code}/safety/resume`)
    await next(team)
    await next(team)
  },
  results: async () => {
    await vote()
    await next(team)
    await next(team)
  },
  thanks: () => next(team),
}

await mkdir(FOLDER, { recursive: true })
await mkdir(KEPT, { recursive: true })
const readers = await everyReader()
let taken = 0

for (const [name, path] of Object.entries(STILL)) {
  for (const [size, viewport] of Object.entries(SIZES)) await picture(name, path, size, viewport)
}
for (const [moment, come] of Object.entries(MOMENTS)) {
  await come()
  for (const [name, [path, size]] of Object.entries(LIVE)) {
    await picture(`${name}.${moment}`, `/s/${live.code}${path}`, size, SIZES[size])
  }
}
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const [name, [path]] of Object.entries(LIVE)) await picture(name, `/s/${live.code}${path}`, size, viewport)
}
for (const [name, kept] of Object.entries(README)) {
  await copyFile(join(FOLDER, `${name}.png`), join(KEPT, kept))
}
console.log(`${taken} pictures in target/pictures, ${Object.keys(README).length} of them in .pictures`)
await hall.close()

async function picture(name, path, size, viewport) {
  for (const { page, look } of readers) {
    await page.setViewportSize(viewport)
    const followed = /^\/s\/\d+(\/(console|desk|screen|stage))?$/.test(path) ? page.waitForRequest(/\/feed\?/) : null
    await page.goto(`${hall.origin}${typeof path === 'function' ? path(hall) : path}`)
    await followed
    await page.evaluate(() => document.fonts.ready)
    const [lang, theme] = look
    await page.screenshot({ path: join(FOLDER, `${name}.${lang}.${size}.${theme}.png`), animations: 'disabled' })
    taken += 1
  }
}

async function everyReader() {
  const readers = []
  for (const lang of ['ar', 'en', 'fr']) {
    for (const theme of ['light', 'dark']) {
      const page = await hall.device({ lang, dark: theme === 'dark' })
      await page.context().request.get(`${hall.origin}/hall`)
      readers.push({ page, look: [lang, theme] })
    }
  }
  return readers
}

/** One question from each reader's phone, so that every phone has a card of its own. */
async function ask(text) {
  await send(team, `/s/${live.code}/desk/here`)
  for (const { page } of readers) {
    await page.goto(live.audience)
    await send(page, `/s/${live.code}/questions`, { id: crypto.randomUUID(), text })
  }
}

async function showOne() {
  const id = await passed()
  await send(team, `/s/${live.code}/questions/${id}/show`)
}

async function answerIt() {
  await send(team, `/s/${live.code}/questions/${await passed()}/answered`)
  await next(team)
}

/** The first question that the children have. */
async function passed() {
  const page = await (await team.context().request.get(team.url())).text()
  return /questions\/(?:choose|show|answered)"[^>]*><input type="hidden" name="item" value="([0-9a-f-]{36})"/.exec(page)[1]
}

async function vote() {
  const page = await (await fetch(live.audience)).text()
  const poll = /polls\/([0-9a-f-]{36})\/ballot/.exec(page)[1]
  for (const choice of [...'0000000111111111112222223333333333333'].concat('rather_not')) {
    const body = new URLSearchParams({ choice })
    await fetch(`${live.audience}/polls/${poll}/ballot`, { method: 'POST', body, redirect: 'manual' })
  }
}
