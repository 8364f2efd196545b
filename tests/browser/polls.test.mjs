// Every kind of poll, as a hall lives through it: made on a child's tablet, answered on phones, closed, shown on two
// walls in two languages, put away. With NADWA_SHOTS=FOLDER it leaves a picture of each step there, to be looked at.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { letters, tooWide } from './look.mjs'
import { follow, fresh, Hall, PHONE, postAsPhone, press, send, TABLET, unfold, WALL } from './support.mjs'

const SHOTS = process.env.NADWA_SHOTS
/** A child makes a poll on the spot in less than this (issue 8), and with no more presses than that. */
const SOON_MS = 15_000
const PRESSES = 2

const LISTS = { ar: ['رسالة مكتوبة', 'لقاء كل شهر', 'مجلس للأطفال', 'صندوق في المدرسة'], en: ['A letter', 'A meeting each month', 'A council of children', 'A box at school'] }
const ASKED = { ar: 'كيف يصل صوتنا إلى من يقرر؟', en: 'How do we reach those who decide?' }

/**
 * What each kind asks of a phone (its presses), and what others in the hall voted.
 */
const KINDS = {
  words: { ready: true, taps: [], others: [], drawn: '.cloud li' },
  happy: { ready: true, taps: ['4'], others: ['4', '3', '3', '2', '0', 'rather_not'], drawn: '.bars.faces .face' },
  wave: { ready: true, taps: ['0'], others: ['0', '0', '0', '0', '0', '0'], drawn: '.wave .row-of .draw' },
  yes_no: { ready: true, taps: ['0'], others: ['0', '0', '1', '2', '1', 'rather_not'], drawn: '.bars .bar' },
  agree: { ready: true, taps: ['1'], others: ['0', '0', '1', '2', '4', '1'], drawn: '.columns .column' },
  pictures: { ready: true, taps: ['3'], others: ['0', '1', '1', '3', '3', '2'], drawn: '.pictures .counted .draw' },
  single: { taps: ['2'], others: ['0', '1', '2', '2', '3', 'rather_not'], drawn: '.bars .bar' },
  several: { taps: ['s.1', 's.1.2'], others: ['s.0.1', 's.2', 's.2.3', 's.1.2', 's.0'], drawn: '.bars .bar' },
  dots: { taps: ['d.1', 'd.2', 'd.2.0.1'], others: ['d.3', 'd.1.1.1', 'd.0.0.0.3', 'd.0.2.1', 'd.0.3'], drawn: '.bars .bar' },
  ranking: { taps: ['r.2', 'r.2.0'], others: ['r.2.0.1.3', 'r.1.2', 'r.2', 'r.0.3', 'r.3.2.1.0'], drawn: '.bars.ranked .bar' },
  estimate: { number: '42', taps: [], others: ['n.10', 'n.35', 'n.40', 'n.45', 'n.80', 'n.50'], drawn: '.columns .column' },
}

let hall, live, tablets, phones, walls, desk

before(async () => {
  if (SHOTS) mkdirSync(SHOTS, { recursive: true })
  hall = await Hall.open()
  live = hall.sessions[0]
  const each = async (size, options = {}) => ({ ar: await hall.device({ size, ...options }), en: await hall.device({ size, lang: 'en', ...options }) })
  ;[tablets, phones, walls] = await Promise.all([each(TABLET, { clock: true }), each(PHONE), each(WALL)])
  desk = await hall.device({ size: TABLET })
  await Promise.all([
    follow(desk, live.desk),
    follow(tablets.ar, live.console),
    follow(tablets.en, live.console_two),
    ...Object.values(phones).map((phone) => follow(phone, live.audience)),
    ...Object.values(walls).map((wall) => follow(wall, live.screen)),
  ])
})

after(() => hall?.close())

for (const [kind, how] of Object.entries(KINDS)) {
  for (const lang of ['ar', 'en']) {
    test(`${kind}, made in ${lang}: answered, closed, shown, put away`, async () => {
      const id = await (how.ready ? template(kind, lang) : ownWords(kind, lang))
      await Promise.all(Object.values(phones).map((phone) => answer(phone, id, kind, how)))
      await others(id, kind, how)
      await pictures(`${kind}.${lang}.1-open`)
      for (const page of [walls.ar, walls.en, phones.en, tablets.en]) {
        // Every page ends with the pictures of a call for help.
        const html = (await fresh(page)).replace(/<details class="near[^]*?<\/details>/, '')
        assert.doesNotMatch(html, /class="(bars|columns|cloud|pictures|wave)/, `${page.url()} tells before it is shown`)
      }
      await verb(lang, id, 'close')
      await verb(lang, id, 'show')
      for (const page of [...Object.values(walls), ...Object.values(phones)]) {
        await page.locator(how.drawn).first().waitFor()
        await told(page, kind)
      }
      await pictures(`${kind}.${lang}.2-shown`)
      await verb(lang, id, 'put-away')
      await Promise.all(Object.values(phones).map((phone) => phone.locator(how.drawn).first().waitFor({ state: 'detached' })))
    })
  }
}

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** A ready poll: from the first press until both phones can answer. */
async function template(kind, lang) {
  const tablet = tablets[lang]
  let presses = 0
  const tap = async (locator) => {
    await locator.click()
    presses += 1
  }
  await tablet.clock.fastForward(1000)
  // It may be open from the last time: then a child needs one press less.
  const summary = tablet.locator('.voting > summary')
  if (await tablet.locator('.templates').isVisible()) await summary.click()
  const begun = performance.now()
  await tap(summary)
  await tap(tablet.locator(`.templates button[value="${kind}"]`))
  const ready = Object.values(phones).map((phone) => phone.locator(kind === 'words' ? 'form[action$="/word"] input[name="text"]' : '.ballot [name="choice"]').first().waitFor())
  await Promise.all(ready)
  const took = performance.now() - begun
  assert.ok(presses <= PRESSES && took < SOON_MS, `${kind}: ${presses} presses, ${Math.round(took)} ms until every phone can answer`)
  console.log(`# ${kind} in ${lang}: ${presses} presses, ${Math.round(took)} ms`)
  return openPoll()
}

async function ownWords(kind, lang) {
  const tablet = tablets[lang]
  const form = tablet.locator('.own-poll')
  await tablet.clock.fastForward(1000)
  await unfold(tablet)
  if (!(await form.isVisible())) await tablet.locator('.new-poll summary').click()
  await form.locator('select[name="kind"]').selectOption(kind)
  await form.locator('input[name="question"]').fill(ASKED[lang])
  const other = lang === 'ar' ? 'en' : 'ar'
  await form.locator(`input[name="question.${other}"]`).fill(ASKED[other])
  const options = form.locator('textarea[name="options"]')
  if (await options.isVisible()) await options.fill(LISTS[lang].join('\n'))
  await shot(tablet, `${kind}.${lang}.0-form.tablet`)
  await form.locator('button.main').click()
  await phones.ar.locator('.ballot').waitFor()
  return openPoll()
}

async function openPoll() {
  return /polls\/([0-9a-f-]{36})\/(?:ballot|word)/.exec(await fresh(phones.ar))[1]
}

async function answer(phone, id, kind, how) {
  if (kind === 'words') {
    const form = phone.locator('form[action$="/word"]')
    await form.locator('input[name="text"]').fill('أمان')
    await form.locator('button.main').click()
    return phone.locator('.words li', { hasText: 'أمان' }).waitFor()
  }
  if (how.number) {
    await phone.locator('.ballot input[name="number"]').fill(how.number)
    await phone.locator('#say-number').click()
    return phone.locator('#say-number.is-mine').waitFor()
  }
  for (const tap of how.taps) {
    await phone.locator(`.ballot button[name="choice"][value="${tap}"]`).first().click()
    // What was pressed has arrived when the part comes back with other presses.
    await phone.locator(how.taps.length > 1 ? `.ballot:not(:has(button[value="${tap}"]:not([id^="more"]):not([id^="less"])))` : '.ballot .is-mine').waitFor()
  }
}

/** Phones elsewhere in the hall, each of its own. */
async function others(id, kind, how) {
  const post = (path, body) => postAsPhone(hall, live, `/polls/${id}/${path}`, body)
  if (kind === 'words') {
    for (const text of ['امان', 'أمان', 'وقت', 'وقت', 'ثقة', 'مدرسة قريبة', 'water', 'الماء', 'سلام', 'سلام', 'سلام']) {
      assert.equal((await post('word', { id: crypto.randomUUID(), text })).status, 303)
    }
    const seen = await (await desk.context().request.get(`${hall.origin}/s/${live.code}/desk`)).text()
    // Whatever waits at the desk, words and questions: what is no text is refused, and nothing comes of it.
    const waiting = new Set([...seen.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => id))
    for (const word of waiting) await send(desk, `/s/${live.code}/questions/${word}/pass`)
    return
  }
  for (const choice of how.others) assert.equal((await post('ballot', { choice })).status, 303, `${kind}: ${choice}`)
}

async function verb(lang, id, what) {
  const [tablet, action] = [tablets[lang], what === 'put-away' ? '/polls/put-away' : `/polls/${id}/${what}`]
  // The moment in which presses do not count begins when the button is there; closing is asked once, and lies in a fold.
  await tablet.locator(`form[action$="${action}"] button`).first().waitFor({ state: what === 'close' ? 'attached' : 'visible' })
  await press(tablet, action)
}

/** The same numbers as a table for who cannot see the drawing, and the base of every share. */
async function told(page, kind) {
  assert.ok((await page.locator('.base').first().textContent()).match(/[0-9٠-٩]/), `${kind}: no base on ${page.url()}`)
  if (kind !== 'words') assert.ok((await page.locator('table.unseen tbody tr').count()) >= 2, `${kind}: no table on ${page.url()}`)
}

/** Nothing is cut or too wide, Arabic letters are as they should be; and a picture of each, if wished. */
async function pictures(name) {
  const pages = [
    ...Object.entries(phones).map(([lang, page]) => [`phone-${lang}`, page]),
    ...Object.entries(walls).map(([lang, page]) => [`wall-${lang}`, page]),
    ...Object.entries(tablets).map(([lang, page]) => [`tablet-${lang}`, page]),
  ]
  for (const [device, page] of pages) {
    assert.deepEqual([...(await tooWide(page)), ...(await letters(page)), ...(await covered(page))], [], `${name} on ${device}`)
    await shot(page, `${name}.${device}`)
  }
}

/** What stands over the question: nothing, and what is drawn stays on the wall. */
function covered(page) {
  return page.evaluate(() => {
    const title = document.querySelector('.hall h1')
    const drawn = [...document.querySelectorAll('.hall .below :is(svg, li, table:not(.unseen))')]
    const beyond = drawn.filter((element) => element.getBoundingClientRect().bottom > innerHeight || element.getBoundingClientRect().top < 0)
    const over = title && drawn.some((element) => element.getBoundingClientRect().top < title.getBoundingClientRect().bottom - 1)
    return [...(beyond.length ? [`${beyond.length} beyond the wall`] : []), ...(over ? ['over the question'] : [])]
  })
}

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: name.includes('phone') })
}
