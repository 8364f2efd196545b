// A few pictures that must not change by accident. `node tests/browser/regress.test.mjs anew` takes them anew, once
// somebody has looked at the change and likes it.

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

import { Hall, PHONE, ROOT, TABLET, WALL } from './support.mjs'

const KEPT = join(ROOT, 'tests/browser/kept')
/** Where a picture that differs is put, beside what it differs in. */
const SEEN = join(ROOT, 'target/regress')
/** Letters are our own; what may differ is the smoothing of another browser's edges. */
const TOLERANCE = 0.01
const ANEW = process.argv.includes('anew')

/** What does not change with time: an address, who looks, and which part of the page. */
const PICTURES = {
  'landing.ar.light': ['/', { lang: 'ar', size: PHONE }],
  'landing.fr.dark': ['/', { lang: 'fr', size: PHONE, dark: true }],
  'help.en.contrast': ['/help', { lang: 'en', size: PHONE, theme: 'contrast' }],
  'door.ar.wall': ['/door', { lang: 'ar', size: WALL }],
  'pieces.ar.calm': ['/look', { lang: 'ar', size: TABLET, theme: 'calm' }, '.side[dir="rtl"] .specimen:nth-of-type(2)'],
  'moments.en.light': ['/look', { lang: 'ar', size: TABLET }, '.side[dir="ltr"] .phone.as-part'],
}

let hall

before(async () => {
  hall = await Hall.open()
})

after(() => hall?.close())

for (const [name, [path, choice, part]] of Object.entries(PICTURES)) {
  test(name, async () => {
    const page = await hall.device(choice)
    await page.goto(`${hall.origin}${path}`)
    await page.evaluate(() => document.fonts.ready)
    // Nothing may stand over a part of a page.
    if (part) await page.evaluate(() => document.querySelector('.foot')?.remove())
    const taken = await (part ? page.locator(part).screenshot() : page.screenshot())
    await page.context().close()
    const file = join(KEPT, `${name}.png`)
    if (ANEW) {
      await mkdir(KEPT, { recursive: true })
      return writeFile(file, taken)
    }
    assert.ok(existsSync(file), `there is no ${file}`)
    await same(name, PNG.sync.read(await readFile(file)), PNG.sync.read(taken))
  })
}

async function same(name, kept, seen) {
  assert.deepEqual([seen.width, seen.height], [kept.width, kept.height], 'its size')
  const difference = new PNG({ width: kept.width, height: kept.height })
  const pixels = pixelmatch(kept.data, seen.data, difference.data, kept.width, kept.height, { threshold: 0.2 })
  const part = pixels / (kept.width * kept.height)
  if (part > TOLERANCE) {
    await mkdir(SEEN, { recursive: true })
    await writeFile(join(SEEN, `${name}.png`), PNG.sync.write(seen))
    await writeFile(join(SEEN, `${name}.difference.png`), PNG.sync.write(difference))
  }
  assert.ok(part <= TOLERANCE, `${(part * 100).toFixed(2)} % of it differ: target/regress/${name}.difference.png`)
}
