// Whoever does not see is told, once each, and the focus goes where the eye goes (N9); the phone tells what became of
// what it promised (N8); from wherever a device went, a link leads back to its own page (N5).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { buttons, follow, Hall, postAsPhone, press, send, TABLET } from './support.mjs'

const PATIENCE_MS = 30_000

let hall, live, team, phone, ear

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  team = await hall.device({ size: TABLET, js: false })
  await team.context().request.get(`${hall.origin}/hall`)
  await team.goto(`${hall.origin}/s/${live.code}/desk`)
  await here()
  phone = await hall.device()
  await follow(phone, live.audience)
  ear = await Ear.at(phone)
})

after(() => hall?.close())

test('what becomes of a question is said once each, and the focus follows the eye', async () => {
  const id = await phone.locator('form[action$="/questions"] input[name="id"]').inputValue()
  await phone.locator('#text').fill('هل يُقال لي ما صار بسؤالي؟')
  await phone.locator('form[action$="/questions"] button').click()
  await ear.hears('شكرًا')
  await focused('another')
  await phone.locator('#another').click()
  await focused('text')
  for (const [verb, sentence] of [['pass', 'سؤالي: عند فريق الجلسة'], ['show', 'سؤالي: على الشاشة الآن'], ['answered', 'سؤالي: أُجيب عنه']]) {
    await does(`/questions/${id}/${verb}`)
    await ear.hears(sentence)
  }
  ear.once()
})

test('the same refusal is said each time that it is given', async () => {
  await phone.locator('#text').fill('؟!')
  for (const times of [1, 2, 3]) {
    await phone.locator('form[action$="/questions"] button').click()
    await ear.hears(await phone.locator('#refusal span').textContent(), times)
  }
  assert.equal(await phone.locator('#text').inputValue(), '؟!', 'and the text stays')
  await phone.locator('#text').fill('')
  ear.forget()
  const console = await hall.device({ size: TABLET, clock: true })
  await follow(console, live.console_two)
  const heard = await Ear.at(console)
  for (const times of [1, 2]) {
    // While it is on its way nothing of the last time is there any more.
    await console.route('**/timer/extend', async (route) => {
      await heard.listen()
      await refuse(route, 'Unknown', 'لا وقت يُزاد.')
    })
    await press(console, '/timer/extend')
    await heard.hears('لا وقت يُزاد.', times)
  }
  await console.context().close()
})

test('an open poll, each vote and the results are said; a press keeps its focus', async () => {
  const id = await poll('أي لون؟')
  await ear.hears('فُتح استطلاع: أي لون؟')
  for (const [times, choice] of [[1, '0'], [2, '1'], [3, '0']]) {
    await phone.locator(`#choice-${choice}`).click()
    await ear.hears('وصل الصوت', times)
    await focused(`choice-${choice}`)
  }
  for (const choice of ['0', '1', '1', '0', '1']) await postAsPhone(hall, live, `/polls/${id}/ballot`, { choice })
  await does(`/polls/${id}/close`)
  // What the focus was on is gone: it is on what stands in its place, not at the beginning of the page.
  await until(() => phone.evaluate(() => document.activeElement?.closest('#main') && !document.getElementById('poll')))
  await does(`/polls/${id}/show`)
  await ear.hears('ظهرت النتائج: أي لون؟')
  ear.once(['وصل الصوت'])
  await does('/polls/put-away')
})

test('a vote that cannot count any more says so, and takes no word back in silence', async () => {
  const id = await poll('متى نبدأ؟')
  await phone.locator('#choice-0').waitFor()
  await phone.route('**/ballot', (route) => route.abort())
  await phone.locator('#choice-0').click()
  await phone.locator('.ballot[data-waits]').waitFor()
  // The feed lives: the poll is closed before the vote arrives.
  await phone.unroute('**/ballot')
  await phone.route('**/ballot', (route) => refuse(route, 'PollNotOpen', 'انتهى الاستطلاع.'))
  await does(`/polls/${id}/close`)
  await ear.hears('انتهى الاستطلاع.')
  assert.ok(await phone.locator('#main .message', { hasText: 'انتهى الاستطلاع.' }).isVisible())
  await phone.unroute('**/ballot')
  await does('/polls/put-away')
})

test('a question that something on the way refuses comes back; one that nobody could read waits, and goes by itself', async () => {
  const text = 'سؤال ينتظر حتى يعبر'
  const child = await hall.device({ clock: true })
  await follow(child, live.audience)
  let answer
  await child.route('**/questions', (route) => answer(route))
  const wanted = async (given, sentence) => {
    answer = given
    await child.locator('form[action$="/questions"] button').click()
    await child.locator('#refusal span', { hasText: sentence }).waitFor()
    assert.equal(await child.locator('#text').inputValue(), text)
  }
  await child.locator('#text').fill(text)
  await child.locator('#adult').check()
  await wanted((route) => route.fulfill({ status: 413, contentType: 'text/html', body: 'no' }), /./)
  await wanted((route) => refuse(route, 'IntakeClosed', ''), 'ينتظر')
  // The next picture says that questions are taken; but this one comes too soon after another.
  const sent = new Promise((tell) => {
    answer = (route) => {
      tell(new URLSearchParams(route.request().postData()))
      return refuse(route, 'TooSoon', 'بعد قليل')
    }
  })
  const id = await poll('هل يعبر؟')
  const form = await sent
  assert.deepEqual([form.get('text'), form.get('adult')], [text, 'true'], 'as it was meant')
  answer = (route) => route.continue()
  await until(async () => {
    await child.clock.fastForward(11_000)
    return child.locator('.question-card .said', { hasText: text }).isVisible()
  }, 'it goes a little later')
  await until(async () => (await child.locator('#text').inputValue()) === '', 'nothing of it is left in the field')
  assert.equal(await child.locator('#adult').isChecked(), false, 'the next question is another choice')
  await does(`/polls/${id}/close`)
  await does('/polls/put-away')
  await child.context().close()
})

test('each device finds the way back to its own page by what it sees', async () => {
  const roles = { console: live.console_two, desk: live.desk, interpreters: live.interpreters, stage: live.stage, safeguarding: hall.links.safeguarding, organizer: hall.links.organizer, authors: hall.links.authors, mentor: hall.links.mentor }
  for (const [role, link] of Object.entries(roles)) {
    const device = await hall.device({ size: TABLET })
    await device.goto(link)
    await device.waitForURL((url) => url.pathname !== new URL(link).pathname || role === 'stage')
    const own = new URL(device.url()).pathname
    const help = device.locator('a.help')
    if (await help.count()) {
      await help.first().click()
      await device.locator('.foot.two a').first().click()
      assert.equal(new URL(device.url()).pathname, own, `${role}: back from help`)
    }
    await device.goto(`${hall.origin}/nothing-here`)
    await device.locator('main .button.main').click()
    assert.equal(new URL(device.url()).pathname, own, `${role}: back from what is not there`)
    await device.goto(`${hall.origin}/programme`)
    await device.locator('.brand .mine').click()
    assert.equal(new URL(device.url()).pathname, own, `${role}: by the brand`)
    await device.context().close()
  }
  await team.goto(`${hall.origin}/help`)
  await team.locator('.foot.two a').first().click()
  const ways = await team.locator('.ways a').evaluateAll((links) => links.map((link) => link.href))
  assert.ok(ways.length > 3, `several cards, several ways: ${ways.length}`)
  for (const way of ways) assert.equal((await team.goto(way)).status(), 200, way)
})

test('someone is upset: the call goes from beside the console, which stays', async () => {
  const console = await hall.device({ size: TABLET, clock: true })
  await follow(console, live.console)
  const own = console.url()
  await console.locator('.rescues > summary').click()
  await console.locator('.rescue summary', { hasText: 'أحدٌ منزعج' }).click()
  const beside = console.locator('.rescue aside')
  assert.match(await beside.textContent(), /غرفة الهدوء/)
  await console.clock.fastForward(1000)
  const called = console.waitForResponse(/\/team\/help$/)
  await beside.locator('button[value="safe_adult"]').click()
  assert.equal((await called).status(), 200)
  assert.equal(console.url(), own)
  assert.ok(await console.locator('.dock .button.main').isVisible(), 'the console stays')
  await console.context().close()
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

/** A person is at the desk. */
async function here() {
  assert.equal((await send(team, `/s/${live.code}/desk/here`, { by: 'hand' })).status(), 200)
}

async function does(path, fields = {}) {
  const answer = await send(team, `/s/${live.code}${path}`, fields)
  assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`)
}

async function poll(question) {
  const id = crypto.randomUUID()
  await does('/polls', { id, kind: 'single', question, options: 'أحمر\nأزرق' })
  return id
}

/** What the server says no with. */
function refuse(route, refusal, message) {
  return route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ refusal, message }) })
}

async function focused(id) {
  await until(() => phone.evaluate((id) => document.activeElement?.id === id, id), `the focus is on ${id}`)
}

async function until(fact, what = 'it comes true') {
  const end = performance.now() + PATIENCE_MS
  while (!(await fact())) assert.ok(performance.now() < end, what)
}

/** Who does not see a page: hears what comes into the live regions of its accessibility tree. */
class Ear {
  static async at(page) {
    const ear = new Ear()
    ear.session = await page.context().newCDPSession(page)
    await ear.session.send('Accessibility.enable')
    ear.regions = await ear.#read()
    ear.heard = []
    return ear
  }

  /** Listens until a sentence was said so often. */
  async hears(sentence, times = 1) {
    await until(async () => {
      await this.listen()
      return this.#said(sentence) >= times
    }, `“${sentence}” is said, ${times} times; heard: ${this.heard?.join(' | ')}`)
    assert.equal(this.#said(sentence), times, `“${sentence}” is said ${times} times: ${this.heard.join(' | ')}`)
  }

  /** Nothing was said twice, but what may be. */
  once(often = []) {
    const rest = this.heard.filter((said) => !often.some((sentence) => said.includes(sentence)))
    assert.deepEqual(rest.filter((said, place) => rest.indexOf(said) !== place), [], this.heard.join(' | '))
    this.forget()
  }

  forget() {
    this.heard = []
  }

  #said(sentence) {
    return this.heard.filter((said) => said.includes(sentence)).length
  }

  /** Looks what has come in. */
  async listen() {
    const now = await this.#read()
    for (const [id, { live, text }] of now) {
      const old = this.regions.get(id)
      // A polite region that comes with its text is not spoken by every reader; an alert is.
      if (text && text !== old?.text && (old || live === 'assertive')) this.heard.push(text)
    }
    // A region that is empty may not be in the tree: it is remembered as it is, an alert as gone.
    for (const [id, { live }] of this.regions) if (!now.has(id) && live !== 'assertive') now.set(id, { live, text: '' })
    this.regions = now
  }

  async #read() {
    const { nodes } = await this.session.send('Accessibility.getFullAXTree')
    const byId = new Map(nodes.map((node) => [node.nodeId, node]))
    const text = (node) => node.role?.value === 'StaticText' ? node.name.value : (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean).map(text).join('')
    const regions = new Map()
    for (const node of nodes) {
      const live = node.properties?.find(({ name }) => name === 'live')?.value.value
      if (live && live !== 'off') regions.set(node.backendDOMNodeId, { live, text: text(node).trim() })
    }
    return regions
  }
}
