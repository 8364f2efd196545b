// A group's working paper: two tablets, a mentor, an acceptance, the stage, a question, the public page, the booklet.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import { buttons, Hall, PHONE, reach, TABLET, WALL } from './support.mjs'

const TITLE = 'من يسمعنا في الليل؟'
const QUESTION = 'من يردّ علينا ليلًا؟'
/** One that has not begun, without a paper of the demo. */
const SESSION = 3

let hall, session, organizer, one, two, mentor, moderator, screen, desk, paper

before(async () => {
  hall = await Hall.open()
  session = hall.sessions[SESSION]
  ;[organizer, one, two, mentor, moderator, screen, desk] = await Promise.all([
    hall.device({ size: TABLET, js: false }),
    hall.device({ size: TABLET }),
    hall.device({ size: PHONE }),
    hall.device({ size: TABLET, js: false }),
    hall.device({ size: TABLET, js: false }),
    hall.device({ size: WALL }),
    hall.device({ size: TABLET, js: false }),
  ])
})

after(() => hall?.close())

test('an organizer makes a card, and two tablets write one draft', async () => {
  await organizer.goto(hall.links.organizer)
  await organizer.goto(`${hall.origin}/papers/table`)
  await organizer.locator('button[name="role"][value="author"]').click()
  const link = await organizer.locator('.pass a').getAttribute('href')
  await alive(one, link)
  await alive(two, link)
  paper = new URL(one.url()).pathname.replace('/write', '')
  await field(one, 'title.ar').fill(TITLE)
  await field(one, 'seen').fill('سألنا عشرين طفلًا. الخط مغلق ليلًا.')
  await one.locator('.keeping .link.live').waitFor()
  await arrives(two, 'seen', 'سألنا عشرين طفلًا. الخط مغلق ليلًا.')
  // Both write at the same time, each at another place.
  await Promise.all([
    field(one, 'seen').fill('سألنا عشرين طفلًا. خمسة اتصلوا. الخط مغلق ليلًا.'),
    field(two, 'seen').fill('سألنا عشرين طفلًا. الخط مغلق ليلًا. هذا صعب.'),
  ])
  const both = 'سألنا عشرين طفلًا. خمسة اتصلوا. الخط مغلق ليلًا. هذا صعب.'
  await arrives(one, 'seen', both)
  await arrives(two, 'seen', both)
})

test('a tablet without a connection keeps every word, and sends it when it is back', async () => {
  await two.context().setOffline(true)
  await field(two, 'think').fill('الانتظار ليلًا صعب.')
  await two.locator('.keeping .link.lost').waitFor()
  // The tablet dies; what was typed is still on it.
  await two.waitForFunction((key) => localStorage.getItem(key)?.includes('think'), `nadwa-paper-${paper.split('/').pop()}`)
  await two.context().setOffline(false)
  await two.reload()
  await arrives(one, 'think', 'الانتظار ليلًا صعب.')
})

test('typing is quick: a keystroke costs less than fifty milliseconds on a slow phone', async () => {
  const client = await two.context().newCDPSession(two)
  await client.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await field(two, 'ask').click()
  const longest = await two.evaluate(async () => {
    const area = document.getElementById('ask')
    let longest = 0
    for (const letter of 'نريد من يردّ علينا ليلًا في كل يوم. '.repeat(4)) {
      const began = performance.now()
      area.setRangeText(letter, area.value.length, area.value.length, 'end')
      area.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }))
      longest = Math.max(longest, performance.now() - began)
      await new Promise((next) => requestAnimationFrame(next))
    }
    return longest
  })
  await client.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  assert.ok(longest < 50, `${longest} ms`)
  await arrives(one, 'ask', 'نريد من يردّ علينا ليلًا')
})

test('a name, a picture, and in it goes; a mentor asks, and they change it', async () => {
  await field(one, 'message.0').fill('خط مفتوح ليلًا')
  await one.locator('.keeping .link.live').waitFor()
  await sent(one)
  await one.locator('#name').fill('ريم')
  await one.locator('#names form.box button').click()
  await one.locator('#names', { hasText: 'ريم' }).waitFor()
  await one.locator('#file').setInputFiles({ name: 'رسم.png', mimeType: 'image/png', buffer: Buffer.from(DOT, 'base64') })
  await one.locator('#files form[enctype] button').click()
  await one.locator('#files a[download]').waitFor()
  await one.locator('button[formaction$="/submit"]').click()
  await one.locator('.chip.push', { hasText: 'أُرسلت' }).waitFor()
  await mentor.goto(hall.links.mentor)
  await mentor.locator('th a', { hasText: TITLE }).click()
  await mentor.locator('form[action$="/ask-change"] textarea').fill('كم طفلًا كان مستيقظًا؟')
  await buttons(mentor, '/ask-change').click()
  await alive(one, `${hall.origin}${paper}/write`)
  await one.getByText('كم طفلًا كان مستيقظًا؟').waitFor()
  // Sent in the same breath: what was typed a moment ago goes along.
  await field(one, 'think').fill('الانتظار ليلًا صعب. كان سبعة مستيقظين.')
  await one.locator('button[formaction$="/submit"]').click()
  await one.locator('.chip.push', { hasText: 'أُرسلت' }).waitFor()
})

test('it is accepted into a session, and its authors show all of it', async () => {
  await organizer.goto(`${hall.origin}${paper}/read`)
  await organizer.locator('#session').selectOption({ index: SESSION })
  await buttons(organizer, '/accept').click()
  await organizer.locator('.chip.push', { hasText: 'قُبلت' }).waitFor()
  await one.goto(`${hall.origin}${paper}/write`)
  await one.locator('input[name="publish"][value="whole"]').check()
  await one.locator('#publish button').click()
  await one.locator('input[name="publish"][value="whole"]:checked').waitFor()
})

test('it is presented with its clock and its pages on the screen', async () => {
  // A public session waits for an adult at its desk.
  await desk.goto(session.desk)
  // An open page alone is nobody: a press says that somebody is there (G11).
  await Promise.all([desk.waitForResponse(/\/desk\/here/), buttons(desk, '/desk/here').first().click()])
  await moderator.goto(session.console)
  await screen.goto(session.screen)
  for (let step = 0; step < 12 && !(await moderator.locator('form.turning').count()); step++) await big(moderator)
  await big(moderator) // its clock
  await reach(moderator.locator('form.turning button[value=""]'))
  await screen.locator('.hall.presenting h1', { hasText: TITLE }).waitFor()
  await screen.locator('.key-messages li', { hasText: 'خط مفتوح ليلًا' }).waitFor()
  await screen.locator('.clock.running').waitFor()
  await reach(moderator.locator('form.turning button[value="page-0"]'))
  const page = screen.locator('img.page-of-paper')
  await page.waitFor()
  await page.evaluate((picture) => picture.decode())
})

test('a question is asked about it, and answered', async () => {
  const phone = await hall.device({ size: PHONE, js: false })
  await phone.goto(session.audience)
  const id = await phone.locator('form[action$="/questions"] input[name="id"]').inputValue()
  await phone.locator('textarea[name="text"]').fill(QUESTION)
  // Of several papers, about this one.
  const ours = await phone.locator('#about option', { hasText: TITLE }).getAttribute('value')
  await phone.locator('#about').evaluate((select, value) => (select.value = value), ours)
  await buttons(phone, '/questions').click()
  await phone.waitForURL(/asked=1/)
  await desk.goto(desk.url())
  await buttons(desk, `/questions/${id}/pass`).click()
  for (const verb of ['choose', 'show', 'answered']) {
    const answer = await moderator.context().request.post(`${session.audience}/questions/${id}/${verb}`, { form: {} })
    assert.ok(answer.ok(), verb)
  }
})

test('its public page and the booklet carry it all', async () => {
  const reader = await hall.device({ size: PHONE, js: false })
  await reader.goto(`${hall.origin}${paper}`)
  await reader.locator('h1', { hasText: TITLE }).waitFor()
  await reader.getByText('كان سبعة مستيقظين').waitFor()
  await reader.locator('#asked', { hasText: QUESTION }).waitFor()
  await reader.goto(`${hall.origin}/papers/booklet`)
  await reader.locator('.leaf-of-booklet h2', { hasText: TITLE }).waitFor()
  const kept = reader.waitForEvent('download')
  await reader.locator('a[href="/papers/booklet.pdf"]').click()
  const pdf = await readFile(await (await kept).path())
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const marks = Buffer.from(TITLE, 'utf16le').swap16()
  assert.ok(pdf.includes(marks) || pdf.includes(marks.toString('hex').toUpperCase()), 'the paper is in it')
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function field(page, name) {
  return page.locator(`[id="${name}"]`)
}

/** Opens the sheet; it is live once it follows its paper. */
async function alive(page, address) {
  await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/feed')), page.goto(address)])
}

async function arrives(page, name, text) {
  await page.waitForFunction(([id, text]) => document.getElementById(id)?.value.includes(text), [name, text])
}

/** Everything is on the server, and nothing is left on the device. */
async function sent(page) {
  const key = `nadwa-paper-${paper.split('/').pop()}`
  await page.waitForFunction((key) => localStorage.getItem(key) === null, key)
}

async function big(page) {
  await page.goto(page.url())
  const before = await page.locator('form[action$="/next"] input[name="step"]').inputValue()
  await buttons(page, '/next').click()
  await page.locator(`form[action$="/next"] input[name="step"]:not([value="${before}"])`).waitFor({ state: 'attached' })
}
