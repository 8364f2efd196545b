// A worrying question and a harmless one at the same moment: two phones, two desks, a lead, two moderators, a screen.
// What each page and each frame contained is asserted.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { follow, fresh, Hall, PHONE, press, TABLET, WALL } from './support.mjs'

const WORRY = 'أخاف أرجع البيت اليوم، رجاءً لا تخبروا أحدًا'
const HARMLESS = 'متى نسمع جواب المسؤولين عن أفكارنا الجديدة؟'

let hall, live, worried, calm, deskOne, deskTwo, lead, moderator, second, screen, organizer
let frames
/** What the child's phone and the lead's tablet asked for: a log of addresses would hold it (G6). */
const asked = []

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  ;[worried, calm, deskOne, deskTwo, lead, moderator, second, screen] = await Promise.all([
    hall.device({ size: PHONE }),
    hall.device({ size: PHONE }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: TABLET }),
    hall.device({ size: TABLET }),
    hall.device({ size: WALL }),
  ])
  frames = new Map([worried, calm, deskOne, deskTwo, lead, moderator, second, screen].map((page) => [page, []]))
  for (const [page, seen] of frames) {
    await page.exposeFunction('sawFrame', (data) => seen.push(data))
    await page.addInitScript(() => {
      window.chimed = 0
      const Sound = window.AudioContext
      window.AudioContext = class extends Sound {
        constructor(...args) {
          super(...args)
          window.chimed += 1
        }
      }
      const Real = window.EventSource
      window.EventSource = class extends Real {
        constructor(...args) {
          super(...args)
          for (const name of ['frame', 'mine']) this.addEventListener(name, (event) => window.sawFrame(event.data))
        }
      }
    })
  }
  for (const page of [worried, lead]) page.on('request', (request) => asked.push(request.url()))
  await follow(deskOne, live.desk)
  await follow(deskTwo, await secondSteward())
  await follow(lead, hall.links.safeguarding)
  await follow(moderator, live.console)
  await follow(second, live.console_two)
  await follow(screen, live.screen)
  await follow(worried, live.audience)
  await follow(calm, live.audience)
})

after(() => hall?.close())

/** A card for another steward, as an organizer issues it: it is seen once. */
async function secondSteward() {
  organizer = await hall.device({ size: TABLET })
  await organizer.goto(hall.links.organizer)
  const form = { role: 'steward', session: live.code }
  const issued = await organizer.context().request.post(`${hall.origin}/organizer/cards`, { form, headers: { origin: hall.origin } })
  const path = /\/a#[0-9a-f]{16,}/.exec(await issued.text())?.[0]
  assert.ok(path, 'the card is shown')
  return hall.origin + path
}

async function ask(page, text) {
  await page.locator('#text').fill(text)
  await page.locator('form[action$="/questions"] button.main').click()
}

test('both are thanked alike, and nobody but the desks has the words', async () => {
  await Promise.all([ask(worried, WORRY), ask(calm, HARMLESS)])
  const thanks = await Promise.all([worried, calm].map((page) => page.locator('.message[data-moment="speech"]').innerText()))
  assert.equal(thanks[0], thanks[1])
  await deskOne.locator('.waiting, .fresh').first().waitFor()
  for (const page of [moderator, second, screen]) {
    const content = await fresh(page)
    assert.ok(!content.includes(WORRY) && !content.includes(HARMLESS))
  }
})

test('the desk is shown the worry first, and only one desk decides', async () => {
  await deskOne.reload()
  const first = deskOne.locator('.waiting').first()
  await first.getByText(WORRY).waitFor()
  await first.locator('.hint[data-moment="safety"]').waitFor()
  await first.click()
  await deskOne.locator('.reading blockquote', { hasText: WORRY }).waitFor()
  await deskTwo.reload()
  await deskTwo.locator('.waiting.is-taken', { hasText: WORRY }).waitFor()
})

test('handed over: it leaves the desk, and the lead alone finds it', async () => {
  await deskOne.locator('#outcome-4').click()
  await deskOne.locator('dialog form button').first().click()
  await lead.locator('.waiting.new').waitFor()
  assert.ok(!(await lead.content()).includes(WORRY), 'words once it is opened')
  await lead.locator('.waiting.new').click()
  await lead.locator('blockquote', { hasText: WORRY }).waitFor()
  await deskTwo.locator('.waiting', { hasText: WORRY }).waitFor({ state: 'detached' })
})

test('the harmless one goes its way to the children and the wall', async () => {
  const row = deskTwo.locator('.waiting', { hasText: HARMLESS })
  if (!(await row.count())) await deskTwo.locator('.fresh').click()
  await row.click()
  await deskTwo.locator('.reading blockquote', { hasText: HARMLESS }).waitFor()
  await press(deskTwo, '/pass')
  await calm.locator('.question-card.passed').waitFor()
})

test('a private reply comes as "1 message", to one phone', async () => {
  await lead.locator('#reply').fill('نحن هنا، في غرفة الهدوء')
  await press(lead, '/reply')
  const message = worried.locator('.message-card')
  await message.waitFor()
  assert.ok(!(await worried.content()).includes('نحن هنا، في غرفة الهدوء'), 'no preview')
  assert.equal(await calm.locator('.message-card').count(), 0)
  await message.click()
  await worried.getByText('نحن هنا، في غرفة الهدوء').waitFor()
})

test('no page and no frame of the hall or the children ever held the worry', async () => {
  for (const page of [calm, moderator, second, screen]) {
    assert.ok(!(await fresh(page)).includes(WORRY), page.url())
    assert.ok(frames.get(page).length > 0, 'frames were seen')
    assert.ok(frames.get(page).every((data) => !data.includes(WORRY)), page.url())
  }
})

test('no address of the child’s phone or of the lead’s tablet says whose words it was about', () => {
  assert.ok(asked.some((address) => address.endsWith('/safeguarding/open')))
  assert.deepEqual(asked.filter((address) => /[0-9a-f]{8}-[0-9a-f]{4}-/.test(new URL(address).pathname + new URL(address).search)), [])
})

test('a tab that nobody sees says nothing of presence, and one that is seen again does (G11)', async () => {
  const said = []
  deskTwo.on('request', (request) => request.url().endsWith('/desk/here') && said.push(request.postData() ?? ''))
  const looks = (state) =>
    deskTwo.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    }, state)
  await looks('hidden')
  for (let n = 0; n < 4; n += 1) await deskTwo.clock.fastForward(21_000)
  assert.deepEqual(said, [])
  await looks('visible')
  await Promise.all([deskTwo.waitForRequest(/\/desk\/here$/), deskTwo.clock.fastForward(21_000)])
})

test('a silent call rings at desk, inbox and board, where it was agreed to; the child reads each step', async () => {
  // An adult's link works for one device (G5): it is the one that issued the card.
  const board = organizer
  const followed = board.waitForRequest(/\/organizer\/feed/)
  await board.goto(`${hall.origin}/organizer`)
  await followed
  await lead.locator('.bell').click()
  const help = moderator.locator('details.quiet-help')
  await help.locator('summary').click()
  await help.locator('button[value="safe_adult"]').click()
  for (const page of [lead, deskOne, board]) await page.locator('.calls button[value="safe_adult"]').first().waitFor()
  assert.ok((await lead.evaluate(() => window.chimed)) > 0, 'it sounds where somebody has agreed to it')
  assert.equal(await deskOne.evaluate(() => window.chimed), 0, 'and nowhere else')
  const called = moderator.locator('form.called')
  await called.getByText('الطلب في الطريق إلى الكبار.').waitFor()
  await lead.locator('.calls form[action$="/team/see"] button').click()
  await called.getByText('شخص بالغ رأى الطلب.').waitFor()
  await board.locator('.calls form[action$="/team/answer"] button').click()
  await called.getByText('شخص بالغ في الطريق.').waitFor()
  await lead.locator('.calls form').first().waitFor({ state: 'detached' })
})
