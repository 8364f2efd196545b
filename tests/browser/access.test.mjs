// A session's pages in each of its moments: for eyes, for fingers and keys, for screen readers, for Arabic letters.
// Every page by itself is walked by everywhere.test.mjs.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { emptiness, inSight, letters, order, smallTargets, tooWide, violations, widths, withAxe } from './look.mjs'
import { Hall, next, PHONE, postAsPhone, reach, send, TABLET, unfold, WALL } from './support.mjs'

const SIZES = { phone: PHONE, tablet: TABLET, wall: WALL }
/** The tablets of a team, lying and upright. */
const TABLETS = { '1024×768': TABLET, '1280×800': { width: 1280, height: 800 }, '800×1280': { width: 800, height: 1280 }, '600×1024': { width: 600, height: 1024 } }
/** Who runs a session sees at most so many things to press, in each of its moments (N6). */
const CONTROLS = 12
/** Moments in which a phone asks without scrolling. */
const ASKED_IN = ['questions', 'a speech']
/** With NADWA_SHOTS=FOLDER a picture of the console is left there in each moment, to be looked at. */
const SHOTS = process.env.NADWA_SHOTS
const LANGS = ['ar', 'en', 'fr']

/** A live session's pages, each with the size that it is made for. */
const PAGES = {
  audience: ['/s/CODE', 'phone'],
  console: ['/s/CODE/console', 'tablet'],
  desk: ['/s/CODE/desk', 'tablet'],
  screen: ['/s/CODE/screen', 'wall'],
  stage: ['/s/CODE/stage', 'wall'],
}

let hall, live, team
const readers = {}

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  for (const lang of LANGS) readers[lang] = await reader({ lang })
  team = await hall.device({ size: TABLET, js: false })
  await pick(team)
  await team.goto(`${hall.origin}/s/${live.code}/console`)
  await handToSafeguarding()
})

after(() => hall?.close())

test('axe sees pale Arabic text', async () => {
  const page = await reader({})
  await page.goto('about:blank')
  const texts = ['سؤال', 'أسئلة من القاعة', 'كيف نوصل صوتنا للمسؤولين بعد المؤتمر؟', 'إرسال', 'شكرًا، وصل السؤال', '٠٥:٣٠', 'Latin']
  await page.setContent(`<html lang="ar" dir="rtl"><title>م</title><main>${texts.map((text) => `<p style="color:#999;background:#fff">${text}</p>`).join('')}<button style="color:#999;background:#fff;font-size:16px">إرسال السؤال</button></main></html>`)
  const found = (await violations(page)).filter((line) => line.startsWith('color-contrast'))
  assert.equal(found.length, texts.length + 1, `axe does not see all of it any more:\n${found.join('\n')}`)
})

test('whoever comes in is told first what every child should know, in the first screen', async () => {
  for (const lang of LANGS) {
    const phone = await hall.device({ lang })
    const seen = async (more) => none((await hidden(phone, `.promises > li${more}`)).map((line) => `${lang}, ${phone.url()}: ${line}`))
    await phone.goto(`${hall.origin}/j/${live.code}?lang=${lang}`)
    await phone.evaluate(() => document.fonts.ready)
    assert.equal(await phone.locator('.promises > li').count(), 4)
    await seen(', .button.main')
    if (SHOTS) await phone.screenshot({ path: join(SHOTS, `joining.${lang}.png`) })
    await phone.locator('a.button.main').click()
    await phone.locator('form[action$="/questions"]').waitFor()
    assert.equal(new URL(phone.url()).pathname, `/s/${live.code}`)
    // Whoever has been told comes straight in.
    await phone.goto(`${hall.origin}/j/${live.code}`)
    assert.equal(new URL(phone.url()).pathname, `/s/${live.code}`)
    // On the first page the longer languages may take a swipe: whoever types a code has read it on the wall.
    for (const path of [...(lang === 'ar' ? ['/'] : []), `/s/${hall.sessions[1].code}`]) {
      await phone.goto(`${hall.origin}${path}`)
      await phone.evaluate(() => document.fonts.ready)
      if (SHOTS) await phone.screenshot({ path: join(SHOTS, `first.${lang}.${path.length}.png`) })
      await seen('')
    }
    await phone.context().close()
  }
})

test('digits stand in their order, and are equally wide', async (t) => {
  for (const [digits, ten] of [['latn', '0123456789'], ['arab', '٠١٢٣٤٥٦٧٨٩']]) {
    await t.test(digits, async () => {
      const page = await reader({ digits })
      await visit(page, '/s/CODE')
      const clock = page.locator('.clock .number').first()
      const [told, seen] = await clock.evaluate((element) => element.textContent).then(async (told) => [told, await order(clock)])
      assert.equal(seen.length, told.length)
      assert.match(seen, new RegExp(`^[${ten}]{1,2}:[${ten}]{2}$`))
      assert.equal(new Set(await widths(clock, ten)).size, 1, 'digits of the clock are not equally wide')
      await page.setViewportSize(WALL)
      await visit(page, '/s/CODE/screen')
      const code = page.locator('.number', { hasText: new RegExp(`[${ten}]{3}.[${ten}]{3}`) }).first()
      const wanted = [...live.code].map((digit) => ten[Number(digit)]).join('')
      assert.equal((await order(code)).replaceAll(/\s/g, ''), wanted)
    })
  }
})

test('the way to help is on every page for people, at the same place', async () => {
  for (const lang of LANGS) {
    for (const path of ['/', '/s/CODE', '/programme', '/s/CODE/console', '/s/CODE/desk']) {
      const page = readers[lang]
      await page.setViewportSize(path.endsWith('console') || path.endsWith('desk') ? TABLET : PHONE)
      await visit(page, path)
      const { href, below, atStart } = await page.locator('footer a.help').evaluate((link) => {
        const { left, right } = link.getBoundingClientRect()
        const start = document.documentElement.dir === 'rtl' ? innerWidth - right : left
        return { href: new URL(link.href).pathname, below: link.closest('footer').matches('body *:is(main ~ *, main ~ * *), footer'), atStart: start < 60 }
      })
      assert.match(href, /\/help$/)
      assert.ok(below && atStart, `${path} in ${lang}`)
    }
  }
})

/** Walks through a page by one key: how much there is to reach, what is reached, and where nobody sees the focus. */
async function walked(page, path) {
  await visit(page, path)
  await page.keyboard.press('Tab')
  assert.ok(await page.locator('.skip:focus').isVisible(), `${path}: the first key shows the way to the content`)
  const wanted = await page.evaluate(() => {
    const focusable = [...document.querySelectorAll('a[href], button:not([disabled]), input:not([type="hidden"]), textarea, select, summary')]
    return focusable.filter((element) => element.checkVisibility({ checkVisibilityCSS: true })).length
  })
  const reached = new Set()
  const unmarked = []
  for (let key = 0; key < wanted + 5; key += 1) {
    const [place, ring] = await page.evaluate(() => {
      const here = document.activeElement
      const { outlineStyle, outlineWidth } = getComputedStyle(here.matches('input') ? (here.closest('label') ?? here) : here)
      const place = [...document.querySelectorAll('*')].indexOf(here)
      return [place, outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2]
    })
    reached.add(place)
    if (!ring && !(await page.evaluate(() => document.activeElement === document.body))) unmarked.push(place)
    await page.keyboard.press('Tab')
  }
  return { wanted, reached, unmarked }
}

test('a keyboard reaches everything, and sees where it is', async () => {
  const page = readers.ar
  await page.setViewportSize(TABLET)
  for (const path of ['/', '/s/CODE', '/s/CODE/console', '/s/CODE/desk', '/organizer']) {
    let walk = await walked(page, path)
    // A live page may change in the middle of a walk: what cannot be reached is not reached at the next either.
    for (let again = 0; again < 2 && walk.reached.size < walk.wanted; again += 1) walk = await walked(page, path)
    assert.ok(walk.reached.size >= walk.wanted, `${path}: ${walk.reached.size} of ${walk.wanted} are reached`)
    assert.deepEqual(walk.unmarked, [], `${path}: what has the focus cannot be seen`)
  }
})

test('what comes in moves nothing under a finger', async () => {
  const console = await reader({ size: TABLET })
  await visit(console, '/s/CODE/console')
  await unfold(console)
  const button = console.locator('.pick form button').first()
  const place = () => button.evaluate((element) => element.getBoundingClientRect().toJSON())
  await button.hover()
  const before = await place()
  await console.mouse.down()
  await passOne('سؤال يصل بينما الإصبع على الزر')
  await console.locator('.next .fresh').waitFor()
  assert.deepEqual(await place(), before)
  await console.mouse.move(1, 1)
  await console.mouse.up()
})

test('each moment of a session, on each device', async (t) => {
  const moments = {
    questions: () => next(team),
    'a question on the wall': () => showOne(),
    'a speech that is ready': () => next(team),
    'a speech': () => next(team),
    'a pause': () => send(team, `/s/${live.code}/timer/pause`),
    'a safety pause': () => send(team, `/s/${live.code}/safety/pause`),
    'before a poll': async () => {
      await send(team, `/s/${live.code}/safety/resume`)
      await next(team)
    },
    'an open poll': () => next(team),
    'a poll that was answered': () => voteAll(),
    'a closed poll': () => next(team),
    results: () => next(team),
    thanks: () => next(team),
    'the end': () => next(team),
  }
  const table = [`controls in sight on the console at ${Object.keys(TABLETS).join(', ')}:`]
  for (const [moment, come] of Object.entries(moments)) {
    await t.test(moment, async () => {
      await come()
      const found = []
      for (const name of ['audience', 'console', 'desk', 'screen', 'stage']) {
        const [path, made] = PAGES[name]
        for (const lang of ['ar', 'en']) {
          const page = readers[lang]
          await page.setViewportSize(SIZES[made])
          await visit(page, path)
          const here = [...(await violations(page)), ...(await tooWide(page)), ...(await smallTargets(page)), ...(await letters(page))]
          // English titles are longer: there it may take a swipe while somebody speaks.
          if (name === 'audience' && ASKED_IN.includes(moment) && (lang === 'ar' || moment === 'questions')) here.push(...(await hidden(page, 'form[action$="/questions"] :is(textarea, .main)')))
          if (lang === 'ar' && name !== 'audience') here.push(...(await onTablets(page, name, moment, table)))
          found.push(...here.map((line) => `${name}, ${lang}: ${line}`))
        }
      }
      none(found)
    })
  }
  for (const line of table) t.diagnostic(line)
})

test('whatever waits for a tap, the console has no more controls', async (t) => {
  const other = hall.sessions[1]
  const [page, steward] = [await hall.device({ size: TABLET }), await hall.device({ js: false })]
  await page.goto(other.console)
  await steward.goto(other.desk)
  const by = async (who, path, fields) => assert.equal((await send(who, `/s/${other.code}${path}`, fields)).status(), 200, path)
  const go = async () => {
    await by(steward, '/desk/here', { by: 'hand' })
    await next(page)
  }
  const word = (ready) => by(steward, '/team/send', { id: crypto.randomUUID(), to: 'console', ready })
  const moments = {
    'not begun yet': () => {},
    'a word, before it begins': () => word('well'),
    'a word, and a step that can be taken back': go,
    'a word, and a rest': () => by(page, '/team/rest'),
    'a sign of the hall, and a rest': async () => {
      await reach(page.locator('form.word button'))
      for (let phone = 0; phone < 3; phone += 1) await postAsPhone(hall, other, '/signal', { signal: 'slower' })
      await page.locator('form.signs').waitFor()
    },
    'a rest': () => by(page, '/team/signs-seen'),
    'a word, in a speech': async () => {
      await by(page, '/team/back')
      await go()
      await word('slower')
    },
  }
  for (const [moment, come] of Object.entries(moments)) {
    await come()
    await page.goto(`${hall.origin}/s/${other.code}/console`)
    await page.evaluate(() => document.fonts.ready)
    const found = []
    const counts = []
    for (const [size, viewport] of Object.entries(TABLETS)) {
      await page.setViewportSize(viewport)
      const controls = await controlsOf(page)
      counts.push(controls.length)
      found.push(...tooMany(controls).map((line) => `${moment}, ${size}: ${line}`))
      const narrow = await page.locator('.console > :is(.top, .foot)').evaluateAll((bars) => bars.filter((bar) => bar.offsetWidth < innerWidth).map((bar) => bar.className))
      found.push(...narrow.map((bar) => `${moment}, ${size}: ${bar} does not fill its row`))
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${moment}.${size}.png`.replaceAll(' ', '-')) })
    }
    t.diagnostic(`${moment}: ${counts.join(', ')}`)
    none(found)
  }
})

/** One page on every tablet: no swipe leads into emptiness; on the console few controls, and the first question (N6). */
async function onTablets(page, name, moment, table) {
  const found = []
  const counts = []
  for (const [size, viewport] of Object.entries(TABLETS)) {
    await page.setViewportSize(viewport)
    const here = [...(await emptiness(page)), ...(await tooWide(page))]
    if (name === 'console') {
      const controls = await controlsOf(page)
      counts.push(controls.length)
      here.push(...tooMany(controls))
      if (moment === 'questions') here.push(...(await hidden(page, '.asked .is-first :is(.said, .does > form:first-child button)')))
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${moment}.${size}.png`.replaceAll(' ', '-')) })
    }
    if (name === 'console' && moment === 'a speech') here.push(...(await twiceAsLarge(page)))
    found.push(...here.map((line) => `${size}: ${line}`))
  }
  if (name === 'console') table.push(`${moment}: ${counts.join(', ')}`)
  return found
}

/** What a finger could press on the console; once it has begun, as in the ten seconds in which a step can be taken back. */
async function controlsOf(page) {
  const begun = (await page.locator('.cue a[href$="/rehearsal"]').count()) === 0
  if (begun) await page.locator('.dock form.undo').evaluate((undo) => undo.classList.remove('is-idle'))
  return inSight(page)
}

const tooMany = (controls) => (controls.length > CONTROLS ? [`${controls.length} controls: ${controls.join(' | ')}`] : [])

/** Everything twice as large, as a browser's own choice makes it: nothing is wider than the screen, and the way on is there. */
async function twiceAsLarge(page) {
  const { width, height } = page.viewportSize()
  await page.setViewportSize({ width: width / 2, height: height / 2 })
  await page.locator('.dock .button.main').scrollIntoViewIfNeeded()
  const found = [...(await tooWide(page)), ...(await smallTargets(page)), ...(await hidden(page, '.dock :is(.main, .help)'))]
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `200.${width}.png`) })
  return found.map((line) => `at 200 %: ${line}`)
}

/** What of these is not wholly seen without scrolling. */
async function hidden(page, selector) {
  const found = await page.locator(selector).evaluateAll((elements) => {
    const seen = ({ left, right, top, bottom }) => [top + 1, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y))
    const whole = (element) => seen(element.getBoundingClientRect()).every((hit) => hit && (element.contains(hit) || hit.contains(element)))
    return elements.map((element) => (whole(element) ? '' : `«${element.textContent}» is out of sight`))
  })
  return found.length >= 2 ? found.filter(Boolean) : [`${selector}: ${found.length} found`]
}

test('nothing was refused by the policy of our pages, and nobody else was asked', () => hall.calm())

/** A device that has every pass of the demo, and axe in every page. */
async function reader(choice) {
  const page = await hall.device(choice)
  await withAxe(page)
  await pick(page)
  return page
}

/** Takes every pass of the demo's hall. */
async function pick(page) {
  const answer = await page.context().request.get(`${hall.origin}/hall`)
  assert.equal(answer.status(), 200)
}

/** Goes to a page and waits until it is at rest: alive, and in its own letters. */
async function visit(page, path) {
  const url = `${hall.origin}${path.replace('CODE', live.code)}`
  const alive = /\/s\/\d+(\/(console|desk|screen|stage))?$/.test(url)
  const followed = alive ? page.waitForRequest(/\/feed\?/) : null
  await page.goto(url)
  await followed
  await page.evaluate(() => document.fonts.ready)
}

function none(found) {
  assert.equal(found.length, 0, `\n${found.join('\n')}\n`)
}

/** A new phone asks; the desk passes it. */
async function passOne(text) {
  const id = await askOne(text)
  assert.equal((await send(team, `/s/${live.code}/questions/${id}/pass`)).status(), 200)
  return id
}

async function askOne(text) {
  const id = crypto.randomUUID()
  await send(team, `/s/${live.code}/desk/here`)
  const body = new URLSearchParams({ id, text })
  const answer = await fetch(`${hall.origin}/s/${live.code}/questions`, { method: 'POST', body, redirect: 'manual' })
  assert.equal(answer.status, 303)
  return id
}

async function showOne() {
  const id = await passOne('هل يُسمح بأسئلة أطول قليلًا، فيها UNICEF ورقم 116111 وكلمات كثيرة، حتى نرى كيف تقف على الجدار؟')
  assert.equal((await send(team, `/s/${live.code}/questions/${id}/show`)).status(), 200)
}

async function handToSafeguarding() {
  const id = await askOne('نص للحماية وحدها')
  assert.equal((await send(team, `/s/${live.code}/questions/${id}/safeguard`)).status(), 200)
}

/** The readers' own phones vote, and six more, so that there are results to show. */
async function voteAll() {
  const html = await (await fetch(`${hall.origin}/s/${live.code}`)).text()
  const poll = /polls\/([0-9a-f-]{36})\/ballot/.exec(html)[1]
  const path = `/polls/${poll}/ballot`
  for (const lang of LANGS) await send(readers[lang], `/s/${live.code}${path}`, { choice: '1' })
  for (const choice of ['0', '0', '2', '3', '3', 'rather_not']) {
    await postAsPhone(hall, live, path, { choice })
  }
}
