// Preparing, as organizers do it: from an empty folder to a child at the console, by forms and by paper; three hundred
// cards that a camera reads; a calendar that other programs read.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import ICAL from 'ical.js'

import { emptyHall, printed, printedElsewhere } from './cards.mjs'
import { smallTargets, tooWide, violations, withAxe } from './look.mjs'
import { arabicDigits, buttons, follow, Hall, PHONE, press, TABLET } from './support.mjs'

const CONFERENCE = 'مؤتمر خطوط المساندة'
const PHRASE = 'نخلة قارب سماء حجر'
const ZONE = 'Asia/Qatar'
const SESSION = 'أصواتنا في الليل'
/** Who is written down: name, group, what others see of it. */
const PEOPLE = [
  ['مريم', 'child', 'first_name'],
  ['سعاد', 'adult', 'role'],
  ['هدى', 'adult', 'role'],
  ['عمر', 'adult', 'role'],
]

/** Cards of an import, and how long it may take in milliseconds, from the press to the end of the answer. */
const MANY = 300
const IMPORTED_WITHIN_MS = 2_000
const ROLES = ['moderator', 'co_moderator', 'timekeeper', 'presenter']
const SESSIONS = 10

/** Octets of a line of a calendar, without its end (RFC 5545, 3.1). */
const LONGEST_LINE = 75

/** The days of the conference: today where it takes place, and tomorrow. */
const [TODAY, TOMORROW] = [0, 86_400_000].map((later) => {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(Date.now() + later)
})

let hall, organizer, stranger, code, card, steward

before(async () => {
  hall = await emptyHall()
  ;[organizer, stranger] = await Promise.all([hall.device({ size: TABLET }), hall.device({ size: PHONE })])
})

after(() => hall?.close())

test('the link that an empty server prints makes a conference, and works once', async () => {
  await withAxe(organizer)
  await organizer.goto(hall.setup)
  await clean(organizer)
  const form = organizer.locator('main form')
  await fill(form, { 'name.ar': CONFERENCE, 'name.en': 'Helplines', 'venue.ar': 'الدوحة', 'venue.en': 'Doha' })
  await form.locator('label', { has: organizer.locator('[name="languages.fr"]') }).click()
  await fill(form, { first: TODAY, last: TOMORROW, zone: ZONE, login: 'huda', secret: PHRASE })
  await sends(organizer, form.locator('button.main'))
  assert.equal(new URL(organizer.url()).pathname, '/organizer')
  await organizer.locator('h1', { hasText: CONFERENCE }).waitFor()
  assert.equal((await stranger.goto(hall.setup)).status(), 404)
})

test('its organizer signs in on another device with the phrase', async () => {
  const other = await hall.device({ size: TABLET })
  await other.goto(`${hall.origin}/sign-in`)
  await fill(other.locator('main form'), { login: 'huda', secret: PHRASE })
  await sends(other, other.locator('main form button'))
  assert.equal(new URL(other.url()).pathname, '/organizer')
  await other.context().close()
})

test('a room and four people, each with their own form', async () => {
  await tab('/organizer/rooms')
  const room = organizer.locator('form[action="/organizer/rooms"]')
  await fill(room, { 'name.ar': 'قاعة السيلية', 'name.en': 'Al Sailiya' })
  await sends(organizer, room.locator('button'))
  await tab('/organizer/people')
  for (const [name, group, shows] of PEOPLE) {
    const form = organizer.locator('form[action="/organizer/people"]')
    await fill(form, { 'name.ar': name })
    await choose(form, { group, shows, lang: 'ar' })
    await sends(organizer, form.locator('button'))
    await organizer.locator('td a', { hasText: name }).waitFor()
  }
  // A child is named once the family was asked and said yes (N4).
  await organizer.locator('td a', { hasText: 'مريم' }).click()
  const yes = organizer.locator('form[action$="/consent"]:has([name="asked"][value="guardian"]):has([name="state"][value="given"]) button')
  await sends(organizer, yes)
})

test('a session with a run of show from a template', async () => {
  await tab('/organizer/programme')
  await organizer.locator('a[href="/organizer/sessions/new"]').click()
  const title = organizer.locator('[name="title.ar"]')
  const form = organizer.locator('form[action^="/organizer/sessions/"]', { has: title })
  await fill(form, { 'title.ar': SESSION, 'title.en': 'Our voices at night' })
  await choose(form, { kind: 'panel', room: { label: 'قاعة السيلية' } })
  await fill(form, { day: TODAY, from: '10:30', until: '11:30' })
  await form.locator('label.choice', { hasText: 'مريم' }).click()
  await sends(organizer, form.locator('button.is-on'))
  code = /\d{6}/.exec((await organizer.locator('a[href^="/s/"]').first().getAttribute('href')))[0]
  await organizer.locator('a[href$="/show"]').click()
  const template = organizer.locator('form[action$="/show/template"]', { has: organizer.locator('[value="papers"]') })
  await sends(organizer, template.locator('button'))
  assert.ok((await organizer.locator('ol.rows > li').count()) > 2, 'its steps are there')
})

test('the programme is everybody’s once it is published', async () => {
  const listed = stranger.locator('.programme li', { hasText: SESSION })
  await stranger.goto(`${hall.origin}/programme`)
  assert.equal(await listed.count(), 0)
  await tab('/organizer/programme')
  await sends(organizer, buttons(organizer, '/programme/publish'))
  await stranger.reload()
  assert.match(await listed.textContent(), /10:30.*مريم/s)
})

test('the checklist gets shorter with each thing that is done, and is empty in the end', async () => {
  assert.equal(await missing(), 5)
  const line = organizer.locator('form[action="/organizer/ready/helplines"]')
  await fill(line, { 'country.ar': 'قطر', 'country.en': 'Qatar', number: arabicDigits('116111') })
  await sends(organizer, line.locator('button'))
  assert.equal(await missing(), 4)
  await sends(organizer, buttons(organizer, '/helplines/confirm'))
  assert.equal(await missing(), 3)
  const place = organizer.locator('form[action="/organizer/ready/place"]')
  await fill(place, { 'place.ar': 'غرفة الهدوء بجانب المكتبة', 'place.en': 'The quiet room' })
  await sends(organizer, place.locator('button'))
  assert.equal(await missing(), 2)
  const lead = await adult({ role: 'safeguarding_lead', person: { label: 'هدى' } })
  const deputy = await adult({ role: 'safeguarding_deputy', person: { label: 'عمر' } })
  assert.equal(await missing(), 2, 'a printed card is nobody (N2)')
  await comes(lead)
  assert.equal(await missing(), 1)
  await comes(deputy)
  assert.equal(await missing(), 0)
})

test('a camera reads an adult’s card off the paper: it is the link that is printed on it', async () => {
  steward = await adult({ session: { label: SESSION }, role: 'steward', person: { label: 'سعاد' } })
  assert.ok(!steward.site, 'an adult has no code to type')
  assert.match(steward.square, new RegExp(`^${hall.origin}/a#[0-9a-f]{32,}$`))
})

test('a camera reads the child’s card off the paper, and the child is at the console', async () => {
  await issues({ session: { label: SESSION }, role: 'moderator', person: { label: 'مريم' } })
  ;[card] = await printed(organizer)
  await organizer.locator('a[href="/organizer/cards"]').click()
  assert.match(card.square, new RegExp(`^${hall.origin}/p#[0-9a-f]{64}$`))
  assert.match(card.code, /^\d{15}$/)
  assert.ok(card.words.replaceAll(/\s/g, '').includes(card.code), 'the code is on the paper as well')
  assert.deepEqual([card.who, card.session], ['مريم', SESSION])
  assert.equal(card.site, new URL(hall.origin).host, 'and where it is typed')
  const tablet = await hall.device({ size: TABLET })
  await follow(tablet, card.square)
  await atConsole(tablet)
})

test('the code on the card, typed as it is read aloud, opens the console on another device', async () => {
  const spoken = arabicDigits(card.code).replace(/^(...)(...)/, '$1 $2-')
  for (const [page, action] of [['/', '/join'], ['/card', '/card']]) {
    const tablet = await hall.device({ size: TABLET })
    await tablet.goto(`${hall.origin}${page}`)
    await tablet.locator('#code').fill(spoken)
    const followed = tablet.waitForRequest(/\/feed\?/)
    await buttons(tablet, action).click()
    await followed
    await atConsole(tablet)
  }
})

test('an adult comes to the desk with the card, and the child opens the session', async () => {
  const [desk, child] = await Promise.all([hall.device({ size: TABLET }), hall.device({ size: TABLET, clock: true })])
  await follow(child, card.square)
  await press(child, '/next')
  await child.locator('.toast', { hasText: 'شخص بالغ في مكتب القراءة' }).waitFor()
  await follow(desk, steward.square)
  assert.equal(new URL(desk.url()).pathname, `/s/${code}/desk`)
  await press(child, '/next')
  await child.locator('form[action$="/next"] input[value="1"]').waitFor({ state: 'attached' })
  await stranger.reload()
  await stranger.locator('.programme li.is-now', { hasText: SESSION }).waitFor()
})

test('three hundred people come by a file, and every card that is printed for them works', async (t) => {
  await t.test('a programme and people are looked at, and then written down in time', async (t) => {
    await brings('programme', programme())
    const took = await brings('people', people())
    t.diagnostic(`${MANY} people with a card each: ${Math.round(took)} ms from the press to the answer`)
    assert.ok(took <= IMPORTED_WITHIN_MS, `${took} ms`)
  })
  let cards
  await t.test('a camera reads each of them, eight to a page', async (t) => {
    const began = performance.now()
    cards = await eightToAPage()
    t.diagnostic(`${MANY} cards printed and read in ${Math.round(performance.now() - began)} ms`)
    assert.equal(cards.length, MANY)
    assert.equal(new Set(cards.map((card) => card.square)).size, MANY, 'each its own')
    for (const card of cards) {
      assert.match(card.square, new RegExp(`^${hall.origin}/p#[0-9a-f]{64}$`))
      assert.ok(card.words.replaceAll(/\s/g, '').includes(card.code), `${card.code} is not on the paper`)
      assert.ok(card.inside, `${card.code} is cut off`)
    }
    assert.equal(Math.max(...cards.map((card) => card.sheet)), Math.ceil(MANY / 8) - 1)
  })
  await t.test('three of them are shown, and each child is in the right session', async () => {
    await tab('/organizer')
    for (const { square, session } of [0, Math.floor(MANY / 2), MANY - 1].map((place) => cards[place])) {
      const title = organizer.locator('h3').getByText(session, { exact: true })
      const room = await organizer.locator('article.room', { has: title }).locator('a').first().getAttribute('href')
      const tablet = await hall.device({ size: TABLET })
      await follow(tablet, square)
      const path = new URL(tablet.url()).pathname
      assert.ok([`${room}/console`, `${room}/stage`].includes(path), `${path} for ${session}`)
      await tablet.context().close()
    }
  })
})

test('other programs read the calendar: every public session once, and nothing of a closed one', async (t) => {
  const demo = await Hall.open()
  t.after(() => demo.close())
  const reader = await demo.device({ size: TABLET })
  await reader.goto(demo.links.organizer)
  const written = await sessions(demo, reader)
  await t.test('the whole programme, from its button', async () => {
    await reader.goto(`${demo.origin}/programme`)
    const comes = reader.waitForEvent('download')
    await reader.locator('a[href="/programme.ics?lang=ar"]').click()
    const events = parse(await readFile(await (await comes).path()))
    const open = written.filter(({ kind }) => kind !== 'closed_meeting')
    assert.ok(open.length < written.length, 'there is a closed one')
    assert.deepEqual(events, open.map(({ kind, ...event }) => event))
  })
  await t.test('one session alone', async () => {
    for (const { id, code } of demo.sessions) {
      const answer = await reader.context().request.get(`${demo.origin}/s/${code}/calendar.ics`)
      const { kind, ...event } = written.find(({ uid }) => uid === `${id}@nadwa`)
      assert.deepEqual(parse(await answer.body()), [event])
    }
  })
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

async function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value)
}

async function choose(form, fields) {
  for (const [name, value] of Object.entries(fields)) await form.locator(`select[name="${name}"]`).selectOption(value)
}

/** Presses a button that sends its form; the page that answers has no refusal on it. */
async function sends(page, button) {
  const answered = page.waitForEvent('domcontentloaded')
  await button.click()
  await answered
  const alerts = await page.locator('[role="alert"]').allTextContents()
  // What is only to be known (names that wait for an organizer's look) refuses nothing.
  assert.deepEqual(alerts.filter((alert) => !alert.startsWith('للعلم')), [])
}

/** An adult opens the link on a device of their own. */
async function comes(card) {
  const device = await hall.device({ size: TABLET })
  await device.goto(card.square)
  await device.waitForURL(/\/safeguarding$/)
}

function tab(address) {
  return organizer.locator(`nav.tabs a[href="${address}"]`).click()
}

/** How many lines of the checklist say that something is missing. */
async function missing() {
  await tab('/organizer/ready')
  return organizer.locator('[aria-labelledby="list"] .checks').first().locator('li', { hasText: 'ينقص' }).count()
}

/** Issues a card with the form for one session, or the one for all. */
async function issues(fields) {
  await tab('/organizer/cards')
  const one = organizer.locator('select[name="session"]')
  const form = organizer.locator('form[action="/organizer/cards"]', fields.session ? { has: one } : { hasNot: one })
  await choose(form, fields)
  await sends(organizer, form.locator('button'))
}

/** Issues an adult's card, which is seen this once, and prints it. */
async function adult(fields) {
  await issues(fields)
  const [card] = await printed(organizer)
  assert.ok(card.link)
  assert.equal(card.square, card.link)
  assert.equal(card.who, `${card.role} 1`, 'whoever shows no name is called by the role of this card')
  await organizer.locator('a[href="/organizer/cards"]').click()
  return card
}

/** Nothing on the page stands in anybody’s way, at any size: it is walked nowhere else (A1). */
async function clean(page) {
  const found = []
  for (const size of [TABLET, PHONE, { width: 320, height: 640 }]) {
    await page.setViewportSize(size)
    found.push(...(await violations(page)), ...(await smallTargets(page)), ...(await tooWide(page)))
  }
  await page.setViewportSize(TABLET)
  assert.deepEqual(found, [], page.url())
}

/** Prints every child’s card that was not printed yet; as many sheets of American paper hold them. */
async function eightToAPage() {
  await tab('/organizer/cards')
  const form = organizer.locator('section form[action="/organizer/cards/print"]', { has: organizer.locator('[value="8"]') })
  await form.locator('button').click()
  const cards = await printed(organizer)
  await printedElsewhere(organizer)
  await organizer.locator('a[href="/organizer/cards"]').click()
  return cards
}

async function atConsole(tablet) {
  assert.equal(new URL(tablet.url()).pathname, `/s/${code}/console`)
  assert.ok((await tablet.title()).includes(SESSION))
  await buttons(tablet, '/next').waitFor()
}

/** A file of sessions, one an hour in a room that has nothing else. */
function programme() {
  const row = (n) => `${TOMORROW},${8 + n}:00,${8 + n}:45,قاعة السيلية,panel,الجلسة ${n + 1}`
  return ['day,from,until,room,kind,title.ar', ...Array.from({ length: SESSIONS }, (_, n) => row(n))].join('\r\n')
}

/** A file of children, each with a role in one of the sessions. */
function people() {
  const row = (n) => `طفل ${n + 1},طفل,nickname,${ROLES[n % ROLES.length]},الجلسة ${(n % SESSIONS) + 1}`
  return ['الاسم,الفئة,يظهر,الدور,الجلسة', ...Array.from({ length: MANY }, (_, n) => row(n))].join('\r\n')
}

/** Brings a file in: looked at, then written down. How long the browser waited for the answer to the second press. */
async function brings(kind, file) {
  const rows = file.split('\r\n').length - 1
  await tab('/organizer/import')
  const form = organizer.locator('form[enctype]')
  await choose(form, { kind })
  await form.locator('#file').setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) })
  await sends(organizer, form.locator('button'))
  const write = buttons(organizer, '/import/write')
  assert.ok((await write.textContent()).includes(String(rows)), 'as many lines as the file has')
  await sends(organizer, write)
  assert.ok((await organizer.locator('[role="status"]').textContent()).includes(String(rows)))
  return organizer.evaluate(() => performance.getEntriesByType('navigation')[0].responseEnd)
}

/** Every session of a demo as its organizer has it in the forms, and as an event of a calendar should be. */
async function sessions(demo, organizer) {
  const schedule = await (await organizer.context().request.get(`${demo.origin}/programme.json`)).text()
  const offset = /"date":"[\dT:-]+:\d\d([+-]\d\d:\d\d)"/.exec(schedule)[1]
  await organizer.goto(`${demo.origin}/organizer/programme`)
  const pages = await organizer.locator('a.who').evaluateAll((links) => links.map((link) => link.href))
  const found = []
  for (const page of pages) {
    await organizer.goto(page)
    const value = (name) => organizer.locator(`main form [name="${name}"]`).first().inputValue()
    const at = async (name) => Date.parse(`${await value('day')}T${await value(name)}${offset}`)
    found.push({
      kind: await value('kind'),
      uid: `${page.split('/').at(-1)}@nadwa`,
      title: await value('title.ar'),
      room: await organizer.locator('select[name="room"] option:checked').textContent(),
      starts: await at('from'),
      ends: await at('until'),
    })
  }
  return found.sort(byId)
}

/** The events of a calendar as another program reads them; times to the minute, as forms have them. */
function parse(file) {
  const text = file.toString()
  const lines = text.split('\r\n')
  assert.equal(lines.pop(), '', 'every line is ended')
  for (const line of lines) {
    assert.ok(Buffer.byteLength(line) <= LONGEST_LINE, `too long: ${line}`)
    assert.ok(!/[\r\n\uFFFD]/.test(line), `broken: ${line}`)
  }
  const calendar = new ICAL.Component(ICAL.parse(text))
  const minute = (time) => Math.floor(time.toJSDate().getTime() / 60_000) * 60_000
  const event = (component) => {
    const { uid, summary, location, startDate, endDate } = new ICAL.Event(component)
    return { uid, title: summary, room: location, starts: minute(startDate), ends: minute(endDate) }
  }
  return calendar.getAllSubcomponents('vevent').map(event).sort(byId)
}

function byId(one, other) {
  return one.uid < other.uid ? -1 : 1
}
