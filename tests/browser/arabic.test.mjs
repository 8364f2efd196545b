// What Arabic needs of a page: no ink is cut, numbers stand in their order, lines do not touch, keys follow the reading.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

import { order } from './look.mjs'
import { follow, Hall, send, TABLET, WALL } from './support.mjs'

/** Everyday spelling without a question mark (T02), and a sentence with every vowel. */
const TEXTS = [
  'هل المدرسه مسؤوله عن حمايه الاطفال علي الانترنت',
  'كَيْفَ نُوصِلُ صَوْتَنا إِلى المَسْؤُولِينَ بَعْدَ المُؤْتَمَرِ؟ لِأَنَّ لِكُلِّ طِفْلٍ حَقًّا أَنْ يُسْمَعَ.',
]

let hall, live, team

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  team = await hall.device({ size: TABLET, js: false })
  await team.context().request.get(`${hall.origin}/hall`)
  await team.goto(`${hall.origin}/s/${live.code}/console`)
})

after(() => hall?.close())

test('no ink of a question is cut on the wall, with vowels or without', async () => {
  for (const text of TEXTS) {
    await show(text)
    const wall = await hall.device({ size: WALL })
    await follow(wall, `${hall.origin}/s/${live.code}/screen`)
    await wall.evaluate(() => document.fonts.ready)
    assert.ok((await wall.locator('.petal-field .said').textContent()).includes(text.slice(0, 12)))
    const before = PNG.sync.read(await wall.screenshot())
    await wall.evaluate(() => document.querySelectorAll('.hall, .hall *').forEach((element) => (element.style.overflow = 'visible')))
    const after = PNG.sync.read(await wall.screenshot())
    assert.equal(pixelmatch(before.data, after.data, null, before.width, before.height), 0, text)
    assert.ok(await apart(wall.locator('.petal-field .said')), `lines touch: ${text}`)
    await wall.context().close()
  }
})

test('a phone’s page asks early for its own letters alone, and gets the others all the same; a tablet’s for all', async () => {
  const faces = { ar: ['noto-sans-arabic', 'noto-kufi-arabic'], en: ['noto-sans'], fr: ['noto-sans'] }
  for (const [lang, early] of Object.entries(faces)) {
    const phone = await hall.device({ lang })
    await follow(phone, `${hall.origin}/s/${live.code}`)
    assert.deepEqual(await asksEarly(phone), early)
    const loaded = await phone.evaluate(async () => {
      await document.fonts.ready
      return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.woff2'))
    })
    for (const name of [...early, 'noto-sans', 'noto-kufi-arabic']) assert.ok(loaded.map(face).includes(name), `${lang}: ${name}`)
    await phone.context().close()
  }
  assert.deepEqual((await asksEarly(team)).sort(), ['noto-kufi-arabic', 'noto-sans', 'noto-sans-arabic'])
})

test('ranges, numbers to call and codes stand in their order', async () => {
  const page = await hall.device({ size: TABLET })
  for (const [digits, shown] of [['latn', (text) => text], ['arab', arabic]]) {
    await page.context().addCookies([{ name: 'nadwa_digits', value: digits, url: hall.origin }])
    await page.goto(`${hall.origin}/look`)
    const numbers = page.locator('.side[dir="rtl"] .checks.plain .number')
    for (const [place, wanted] of ['471926', '9:30–10:15', '+97444011222'].entries()) {
      const seen = (await order(numbers.nth(place))).replaceAll(/\s/g, '')
      assert.equal(seen, shown(wanted))
    }
  }
})

test('keys follow the reading: from the starting side to the far one, in both directions', async () => {
  for (const lang of ['ar', 'en']) {
    const page = await hall.device({ lang, size: TABLET })
    await page.context().request.get(`${hall.origin}/hall`)
    for (const path of ['/comfort', `/s/${live.code}/console`, `/s/${live.code}/desk`]) {
      await page.goto(`${hall.origin}${path}`)
      const places = await page.evaluate(() => {
        const bars = [...document.querySelectorAll('.top, .foot')]
        const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('details:not([open]) > :not(summary)')
        return bars.map((bar) => [...bar.querySelectorAll('a[href], button, summary')].filter(shown).map((element) => element.getBoundingClientRect().toJSON()))
      })
      const along = ({ left, right }) => (lang === 'ar' ? -right : left)
      for (const bar of places) {
        const row = bar.filter((box) => Math.abs(box.top - bar[0].top) < box.height)
        const starts = row.map(along)
        assert.deepEqual(starts, [...starts].sort((a, b) => a - b), `${path} in ${lang}`)
      }
    }
    await page.context().close()
  }
})

/** Whether no line's ink reaches into the next: rows of pixels without ink lie between. */
async function apart(locator) {
  const { data, width, height } = PNG.sync.read(await locator.screenshot())
  const ground = [...data.subarray(0, 3)]
  const inked = (y) => {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      if (Math.abs(data[at] - ground[0]) + Math.abs(data[at + 1] - ground[1]) + Math.abs(data[at + 2] - ground[2]) > 120) return true
    }
    return false
  }
  const rows = Array.from({ length: height }, (_, y) => inked(y))
  const lines = await locator.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
  })
  const gaps = rows.filter((ink, y) => !ink && rows[y - 1]).length
  return lines < 2 || gaps >= lines - 1
}

async function asksEarly(page) {
  const links = page.locator('link[rel="preload"][as="font"]')
  return (await links.evaluateAll((links) => links.map((link) => link.href))).map(face)
}

/** The name of a font by its address. */
function face(address) {
  return /([^/]+)\.[^.]+\.woff2$/.exec(address)?.[1]
}

function arabic(text) {
  return text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit])
}

/** A question goes its whole way: asked, passed, shown. */
async function show(text) {
  await send(team, `/s/${live.code}/desk/here`)
  const phone = await hall.device({ js: false })
  await phone.goto(`${hall.origin}/s/${live.code}`)
  const id = crypto.randomUUID()
  for (const [device, path, fields] of [
    [phone, 'questions', { id, text }],
    [team, `questions/${id}/pass`, {}],
    [team, `questions/${id}/choose`, {}],
    [team, `questions/${id}/show`, {}],
  ]) {
    const answer = await send(device, `/s/${live.code}/${path}`, fields)
    assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`)
  }
  await phone.context().close()
}
