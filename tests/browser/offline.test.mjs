// Without a network: help is there, what was typed is sent once, and a new build leaves no dead page.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { buttons, fresh, follow, Hall, send, TABLET } from './support.mjs'
import { venue } from './venue.mjs'

/** Milliseconds after a page's load until its worker begins (`start.js`). */
const WORKER_AFTER_MS = 3_000

let hall, live, desk, proxy

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  desk = await hall.device({ size: TABLET, js: false })
  await desk.context().request.get(`${hall.origin}/hall`)
  await desk.goto(`${hall.origin}/s/${live.code}/desk`)
  proxy = await venue(hall.origin)
})

after(async () => {
  proxy?.close()
  await hall?.close()
})

test('the way to help opens without a network, and keeps nothing of anybody', async () => {
  const phone = await joined()
  proxy.cut()
  await phone.goto(`${proxy.origin}/s/${live.code}/help`)
  await phone.getByText('غرفة الهدوء').first().waitFor()
  assert.equal(await phone.locator('html').getAttribute('dir'), 'rtl')
  const look = await phone.locator('.safety-edge').evaluate((field) => getComputedStyle(field).backgroundColor)
  assert.notEqual(look, 'rgba(0, 0, 0, 0)', 'it is dressed')
  await phone.goto(`${proxy.origin}/s/${live.code}`)
  await phone.locator('.offline h1').waitFor()
  await phone.locator('footer a.help').click()
  await phone.locator('.safety-edge').waitFor()
  const kept = await phone.evaluate(async () => {
    const open = await caches.open('nadwa-open')
    return (await open.keys()).map(({ url }) => new URL(url).pathname)
  })
  assert.deepEqual(kept.sort(), ['/help', '/offline', `/s/${live.code}/help`].sort())
  proxy.mend()
  await phone.context().close()
})

test('a question that was typed without a network outlives its tab and is sent once', async () => {
  const text = 'سؤال كُتب بلا اتصال وأُغلقت صفحته'
  const again = await reopened(await typed(text))
  // The device may be another child's by now: the words are where they were written, and nowhere else (G5).
  await again.locator('.question-card[data-sent-later] .said').waitFor()
  await comes(again, waiting, 0)
  assert.equal(await again.locator('#text').inputValue(), '')
  await atTheDeskOnce(text)
  assert.equal(await again.locator('.question-card').count(), 1)
  assert.doesNotMatch(await again.locator('body').innerText(), new RegExp(text))
  assert.equal(await again.locator('.question-card button').filter({ visible: true }).count(), 0, 'nor is it theirs to take back')
  await again.context().close()
})

test('the tab that wrote a question without a network has its words when it was sent, after a reload too', async () => {
  const text = 'سؤال كُتب بلا اتصال وبقيت صفحته'
  const phone = await typed(text)
  proxy.mend()
  await send(desk, `/s/${live.code}/desk/here`)
  await phone.reload()
  await phone.locator('.question-card .said', { hasText: text }).waitFor()
  await phone.locator('.question-card form[action$="/withdraw"] button').waitFor()
  await phone.context().close()
})

test('what was promised without a network and then refused is told with the reason, in another tab without the text', async () => {
  const again = await reopened(await typed('؟!'))
  await comes(again, waiting, 0)
  await again.locator('main .message[role="alert"]').first().waitFor()
  assert.doesNotMatch(await again.locator('body').innerText(), /؟!/)
  await again.context().close()
})

test('what one child typed without a network is no other child’s to read or to have sent, and still arrives', async () => {
  const text = 'سؤال كُتب بلا اتصال قبل أن ينتقل الجهاز'
  const phone = await typed(text)
  const kept = JSON.stringify(await phone.evaluate(stored))
  assert.doesNotMatch(kept, /سؤال|%D8|questions/, 'nobody on this device can read it')
  // The browser was closed, and another child opens it: without the first one's cookies.
  await phone.context().clearCookies()
  const next = await reopened(phone)
  await comes(next, waiting, 0)
  await next.reload()
  assert.doesNotMatch(await next.locator('body').innerText(), new RegExp(text))
  await atTheDeskOnce(text)
  await next.context().close()
})

test('one press hands the device on: storage, caches and history hold nothing, and other pages of it leave', async () => {
  const phone = await joined()
  const other = await phone.context().newPage()
  await follow(other, `${proxy.origin}/s/${live.code}`)
  const text = 'مسودة لم تُرسل'
  const cookies = async () => Object.fromEntries((await phone.context().cookies()).filter(({ name }) => name.startsWith('nadwa_')).map(({ name, value }) => [name, value]))
  const before = await cookies()
  await phone.locator('#text').fill(text)
  await phone.evaluate(() => localStorage.setItem('nadwa-paper', 'draft'))
  const leaves = phone.waitForResponse((said) => said.request().method() === 'POST' && said.url().endsWith('/leave'))
  await phone.locator('form.hand-on button').click()
  assert.equal((await (await leaves).allHeaders())['clear-site-data'], '"cache", "cookies", "storage"')
  await phone.getByRole('heading', { name: 'الجهاز جاهز لشخص آخر' }).waitFor()
  await phone.waitForURL((at) => at.pathname === '/')
  await other.waitForURL((at) => at.pathname === '/')
  for (const page of [phone, other]) {
    const kept = await page.evaluate(async () => {
      const { 'nadwa-left': left, ...local } = { ...localStorage }
      return [local, { ...sessionStorage }, await caches.keys()]
    })
    assert.deepEqual(kept, [{}, {}, []])
  }
  // The first page is looked at by another phone: nothing of the one that left.
  const after = await cookies()
  assert.deepEqual(Object.keys(after).filter((name) => name !== 'nadwa_phone'), [])
  assert.notEqual(after.nadwa_phone, before.nadwa_phone)
  await phone.goBack()
  await phone.waitForLoadState()
  assert.doesNotMatch(await phone.locator('body').innerHTML(), new RegExp(text), 'no way back shows it')
  await phone.context().close()
})

test('an adult’s page that nobody touches for a while locks itself, and no way back shows it', async () => {
  const lead = await hall.device({ size: TABLET, clock: true })
  await lead.goto(hall.links.safeguarding)
  await lead.waitForURL((at) => at.pathname === '/safeguarding')
  await lead.waitForLoadState()
  await lead.clock.fastForward('19:00')
  await lead.locator('h1').first().click()
  await lead.clock.fastForward('19:00')
  assert.equal(new URL(lead.url()).pathname, '/safeguarding', 'somebody was here')
  await lead.clock.fastForward('01:30')
  await lead.getByRole('heading', { name: 'هذا الجهاز مقفل' }).waitFor()
  const inside = await lead.context().request.get(`${hall.origin}/safeguarding`)
  assert.equal(inside.status(), 403)
  await lead.goto(hall.links.safeguarding)
  await lead.waitForURL((at) => at.pathname === '/safeguarding')
  await lead.context().close()
})

test('the page comes to life before the worker begins', async () => {
  const phone = await hall.device({ worker: true, origin: proxy.origin })
  await phone.addInitScript((wait) => {
    const later = window.setTimeout
    const begin = new Promise((next) => { window.begin = next })
    window.setTimeout = (act, after, ...rest) => (after === wait ? begin.then(act) : later(act, after, ...rest))
  }, WORKER_AFTER_MS)
  await follow(phone, `${proxy.origin}/s/${live.code}`)
  assert.equal(await phone.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0)
  await phone.evaluate(() => window.begin())
  await phone.evaluate(() => navigator.serviceWorker.ready)
  await phone.context().close()
})

test('a new build takes over beneath a page that is open', async () => {
  const phone = await joined()
  await phone.locator('#text').fill('نص لم يُرسل بعد')
  proxy.build('another')
  await phone.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
    await registration.update()
    await taken
  })
  assert.equal(await phone.locator('#text').inputValue(), 'نص لم يُرسل بعد', 'nothing typed is lost')
  await comes(phone, async () => (await caches.keys()).includes('nadwa-shell-another'))
  proxy.cut()
  await phone.goto(`${proxy.origin}/help`)
  const look = await phone.locator('.safety-edge').evaluate((field) => getComputedStyle(field).backgroundColor)
  assert.notEqual(look, 'rgba(0, 0, 0, 0)', 'what was kept is still dressed')
  proxy.mend()
  await phone.context().close()
})

test('a file whose connection ends in the middle is said so beside its field, and one press sends it again', async () => {
  const tablet = await hall.device({ size: TABLET, origin: proxy.origin })
  const followed = tablet.waitForRequest(/\/feed$/)
  await tablet.goto(hall.links.authors.replace(hall.origin, proxy.origin))
  await followed
  const network = await tablet.context().newCDPSession(tablet)
  const upload = (bytes) =>
    network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes })
  await network.send('Network.enable')
  await tablet.locator('#name').fill('ليلى')
  await tablet.locator('#file').setInputFiles({ name: 'نقرأ.mp3', mimeType: 'audio/mpeg', buffer: sound(4_000_000) })
  await upload(400_000)
  await buttons(tablet, '/files').click()
  await tablet.waitForFunction(() => Number(document.getElementById('file-sent').value) > 0)
  proxy.cut()
  await tablet.locator('#file-refusal', { hasText: 'لم يُحفظ نصف ملف' }).waitFor()
  assert.equal(await tablet.locator('#file-sent').isVisible(), false)
  assert.equal(await tablet.locator('#name').inputValue(), 'ليلى', 'what was typed is still there')
  assert.equal(await tablet.locator('#file').evaluate((input) => input.files.length), 1, 'and so is the chosen file')
  proxy.mend()
  assert.doesNotMatch(await fresh(tablet), / download=/, 'the server has nothing of it')
  await upload(-1)
  await tablet.locator('#file-send', { hasText: 'إرسال الملف من جديد' }).click()
  await tablet.locator('#file-said', { hasText: 'وصل الملف' }).waitFor()
  assert.equal(await tablet.locator('#name').inputValue(), 'ليلى', 'no page was loaded over it')
  await tablet.reload()
  assert.equal(await tablet.locator('#files a[download]').count(), 1, 'it is there once')
  await tablet.context().close()
})

/** A phone in the hall whose worker is at work and knows the way to help. */
async function joined() {
  await send(desk, `/s/${live.code}/desk/here`)
  const phone = await hall.device({ worker: true, origin: proxy.origin })
  await follow(phone, `${proxy.origin}/s/${live.code}`)
  await phone.evaluate(() => navigator.serviceWorker.ready)
  await comes(phone, async (help) => {
    const open = await caches.open('nadwa-open')
    return navigator.serviceWorker.controller && (await open.match(help)) && (await open.match('/offline'))
  }, `/s/${live.code}/help`)
  return phone
}

/** A phone on which somebody typed a question without a network, and was told that it waits. */
async function typed(text) {
  const phone = await joined()
  await phone.locator('#text').fill(text)
  proxy.cut()
  await phone.locator('form[action$="/questions"] button').click()
  await phone.locator('#refusal span').waitFor()
  await comes(phone, waiting, 1)
  return phone
}

/** Its tab is closed, the network is back, and the browser opens the page anew. */
async function reopened(phone) {
  const context = phone.context()
  await phone.close()
  proxy.mend()
  await send(desk, `/s/${live.code}/desk/here`)
  const again = await context.newPage()
  await follow(again, `${proxy.origin}/s/${live.code}`)
  return again
}

/** However often it was sent, the desk has it once. */
async function atTheDeskOnce(text) {
  const rows = (await fresh(desk)).split('</li>')
  assert.equal(rows.filter((row) => /class="waiting[ "]/.test(row) && row.includes(text)).length, 1)
}

/** What the browser keeps until a network is there. */
function stored() {
  return new Promise((done) => {
    const opening = indexedDB.open('nadwa')
    opening.onsuccess = () => {
      const all = opening.result.transaction('letters').objectStore('letters').getAll()
      all.onsuccess = () => (done(all.result), opening.result.close())
    }
  })
}

/** A recording of so many bytes: silence, as players read it. */
function sound(bytes) {
  // Whole frames of 128 kbit/s at 44.1 kHz: a recording is made anew from its frames, and what has none is refused.
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.alloc(Math.floor(bytes / frame.length) * frame.length, frame)
}

/** Waits until something comes true on a page. What is asked for is a promise, which `waitForFunction` takes for true. */
async function comes(page, fact, about) {
  const until = performance.now() + 30_000
  while (!(await page.evaluate(fact, about))) assert.ok(performance.now() < until, 'it comes true')
}

/** Whether so many letters wait on the phone. */
async function waiting(wanted) {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'nadwa')) return wanted === 0
  return new Promise((done) => {
    const opening = indexedDB.open('nadwa')
    opening.onsuccess = () => {
      const base = opening.result
      const asked = base.transaction('letters').objectStore('letters').count()
      asked.onsuccess = () => (done(asked.result === wanted), base.close())
    }
  })
}
