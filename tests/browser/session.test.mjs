// The main job, as people do it: five devices at once, from a code on the wall to the thanks at the end.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { arabicDigits, buttons, follow, fresh, Hall, next, PHONE, postAsPhone, press, send, slow, step, TABLET, WALL, unfold } from './support.mjs'

const QUESTION = 'متى نسمع جواب المسؤولين عن أفكارنا؟'

let hall, live, arabic, english, moderator, second, desk, screen

before(async () => {
  hall = await Hall.open()
  live = hall.sessions[0]
  ;[arabic, english, moderator, second, desk, screen] = await Promise.all([
    // One phone's own clock is wrong by hours, and one is slow: neither may make a difference.
    hall.device({ size: PHONE, skew: -5 }),
    hall.device({ size: PHONE, lang: 'en' }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: TABLET, clock: true, lang: 'fr' }),
    hall.device({ size: TABLET, clock: true }),
    hall.device({ size: WALL }),
  ])
  await follow(desk, live.desk)
  await follow(moderator, live.console)
  await follow(second, live.console_two)
  await follow(screen, live.screen)
})

after(() => hall?.close())

test('a phone comes in with the code from the wall, typed in Arabic digits', async () => {
  await arabic.goto(hall.origin)
  await arabic.locator('input[name="code"]').fill(arabicDigits(live.code))
  const followed = arabic.waitForRequest(/\/feed\?/)
  await buttons(arabic, '/join').click()
  await followed
  assert.equal(new URL(arabic.url()).pathname, `/s/${live.code}`)
  assert.deepEqual(await direction(arabic), ['ar', 'rtl'])
  await slow(english)
  await follow(english, live.audience)
  assert.deepEqual(await direction(english), ['en', 'ltr'])
  await arabic.locator('.field[data-moment="speech"] .voice', { hasText: 'مريم' }).waitFor()
  await english.locator('.field[data-moment="speech"] .voice', { hasText: 'Mariam' }).waitFor()
})

test('a question goes from a phone by the desk and the children to the wall, word for word', async (t) => {
  let id
  await t.test('the sender is thanked, and nobody but the desk has the words', async () => {
    id = await ask(arabic, QUESTION)
    await arabic.getByText('شكرًا، وصل السؤال').first().waitFor()
    await arabic.locator('.question-card.received', { hasText: QUESTION }).waitFor()
    await desk.locator('.queue .fresh').click()
    await desk.locator('.waiting', { hasText: QUESTION }).click()
    await desk.locator('.reading blockquote', { hasText: QUESTION }).waitFor()
    for (const page of [moderator, second, screen, english]) {
      assert.ok(!(await fresh(page)).includes(QUESTION), `${page.url()} has a text that no adult has read`)
      assert.ok(!(await page.content()).includes(QUESTION))
    }
  })
  await t.test('the desk passes it, and the children find it', async () => {
    await press(desk, `/questions/${id}/pass`)
    await arabic.locator('.question-card.passed', { hasText: QUESTION }).waitFor()
    await unfold(moderator)
    await moderator.locator('.next .fresh').click()
    await pick(moderator).waitFor()
  })
  await t.test('a child chooses it, and shows it', async () => {
    await press(moderator, `/questions/${id}/choose`)
    await pick(moderator, '.is-chosen').waitFor()
    await arabic.locator('.question-card.chosen', { hasText: QUESTION }).waitFor()
    await press(moderator, `/questions/${id}/show`)
    await screen.locator('.hall.asking .said').waitFor()
    assert.equal(await screen.locator('.hall.asking .said').textContent(), QUESTION)
    await arabic.locator('.question-card.on-screen', { hasText: QUESTION }).waitFor()
    const said = english.locator('.field[data-moment="question"] .said')
    await said.waitFor()
    assert.deepEqual(await said.evaluate((text) => [text.textContent, text.lang, text.dir]), [QUESTION, 'ar', 'rtl'])
  })
  await t.test('it is answered, and leaves the wall', async () => {
    await press(moderator, `/questions/${id}/answered`)
    await arabic.locator('.question-card.answered', { hasText: QUESTION }).first().waitFor()
    await screen.locator('div.hall:has(main):not(.asking)').waitFor()
    await english.locator('details', { hasText: QUESTION }).waitFor()
  })
})

test('a question that is handed to safeguarding leaves every list at once, and its sender sees nothing of it', async () => {
  const text = 'سؤال يقرؤه الكبار وحدهم'
  const id = await ask(english, text)
  await pass(id)
  await shown(moderator, id)
  await screen.locator('.hall.asking .said', { hasText: text }).waitFor()
  assert.equal((await send(desk, `/s/${live.code}/questions/${id}/safeguard`)).status(), 200)
  await screen.locator('div.hall:has(main):not(.asking)').waitFor()
  await moderator.locator('.pick', { hasText: text }).waitFor({ state: 'detached' })
  await english.locator('.question-card.received', { hasText: text }).waitFor()
  for (const page of [moderator, screen, arabic]) {
    assert.ok(!(await fresh(page)).includes(text))
  }
})

test('one press moves every device', async () => {
  await press(moderator, '/next')
  await screen.locator('.hall.joining').waitFor()
  await screen.locator('.big-code .number', { hasText: /471.926/ }).waitFor()
  await screen.locator('.qr path').waitFor({ state: 'attached' })
  for (const phone of [arabic, english]) {
    await phone.locator('.field[data-moment="question"]').waitFor()
  }
  await press(moderator, '/next')
  await screen.locator('.hall.speaking .voice', { hasText: 'يوسف' }).waitFor()
  for (const page of [screen, arabic, english]) {
    await page.locator('.clock.ready').waitFor()
  }
  await press(moderator, '/next')
  for (const page of [screen, arabic, english]) {
    await page.locator('.clock.running').waitFor()
  }
})

test('a step can be taken back', async () => {
  await press(moderator, '/undo')
  await screen.locator('.clock.ready').waitFor()
  await press(moderator, '/next')
  await screen.locator('.clock.running').waitFor()
})

test('two devices show the same second, whatever their own clocks say', async () => {
  const heard = { screen: new Map(), arabic: new Map() }
  const enough = Promise.all([seconds(screen, heard.screen, 5), seconds(arabic, heard.arabic, 5)])
  await enough
  const both = [...heard.screen.keys()].filter((second) => heard.arabic.has(second))
  assert.ok(both.length >= 3, `the same seconds were shown: ${[...heard.screen.keys()]} and ${[...heard.arabic.keys()]}`)
  const apart = both.map((second) => Math.abs(heard.screen.get(second) - heard.arabic.get(second))).sort((a, b) => a - b)
  // The middle of them: a busy test machine may hold one up.
  assert.ok(apart[Math.floor(apart.length / 2)] <= 250, `milliseconds between the two: ${apart}`)
})

test('a minute more, a pause, and on: every clock follows', async () => {
  const before = await left(screen)
  await press(moderator, '/timer/extend', '[value="60"]')
  await screen.waitForFunction((before) => Number(document.querySelector('.clock .number').textContent.split(':')[0]) > before, Math.floor(before / 60))
  await press(moderator, '/timer/pause')
  await Promise.all([screen, arabic, english].map((page) => page.locator('.clock.paused').waitFor()))
  await press(moderator, '/timer/resume')
  await Promise.all([screen, arabic, english].map((page) => page.locator('.clock.running').waitFor()))
})

test('of two moderators who press in the same instant, one counts', async (t) => {
  await t.test('on their tablets', async () => {
    const seen = Number(await step(moderator))
    assert.equal(Number(await step(second)), seen)
    await Promise.all([press(moderator, '/next'), press(second, '/next')])
    await Promise.all([moderator, second].map((page) => page.locator(`input[name="step"][value="${seen + 1}"]`).first().waitFor({ state: 'attached' })))
    assert.equal(Number(/name="step"[^>]*value="(\d+)"/.exec(await fresh(moderator))[1]), seen + 1)
    await moderator.locator('.row.now[data-moment="poll"]:visible').waitFor()
  })
  await t.test('and the other is told who was first', async () => {
    const seen = await step(moderator)
    const answers = await Promise.all([moderator, second].map((page) => send(page, `/s/${live.code}/next`, { step: seen })))
    assert.deepEqual(answers.map((answer) => answer.status()).sort(), [200, 422])
    const refused = await answers.find((answer) => answer.status() === 422).json()
    assert.equal(refused.refusal, 'AlreadyMoved')
    assert.ok(refused.message.length > 10)
  })
})

test('the hall votes, and nobody sees a count before the children show it', async (t) => {
  await t.test('two phones see their own choice, and may change it', async () => {
    await Promise.all([vote(arabic, 0), vote(english, 0)])
    await vote(arabic, 1)
    assert.equal(await arabic.locator('.option.is-mine').count(), 1)
  })
  await t.test('more phones vote, closing shows nothing', async () => {
    const poll = /polls\/([0-9a-f-]{36})\/ballot/.exec(await fresh(arabic))[1]
    for (const choice of ['1', '1', '1', '2', 'rather_not']) {
      const answer = await postAsPhone(hall, live, `/polls/${poll}/ballot`, { choice })
      assert.equal(answer.status, 303)
    }
    for (const page of [screen, arabic]) {
      assert.ok(!(await fresh(page)).includes('class="bars"'))
    }
    await next(moderator)
    await arabic.locator('.option').first().waitFor({ state: 'detached' })
    await screen.locator('.hall.voting').waitFor()
    for (const page of [screen, arabic]) {
      assert.ok(!(await fresh(page)).includes('class="bars"'))
    }
  })
  await t.test('the children show it: the same numbers on the wall, on phones, and as a table', async () => {
    await press(moderator, '/next')
    await screen.locator('.hall.results').waitFor()
    await Promise.all([arabic, english].map((phone) => phone.locator('.bars').waitFor()))
    for (const page of [screen, arabic, english]) {
      assert.deepEqual(await page.locator('.bars .bar .number').allTextContents(), ['1', '4', '1', '0', '1'])
      assert.equal(await page.locator('table.unseen tr').count(), 5)
    }
  })
})

test('the session ends with thanks, and takes in nothing more', async () => {
  await press(moderator, '/next')
  await screen.locator('.hall.thanks').waitFor()
  const end = moderator.locator('.ask-once form[action$="/next"] button')
  await moderator.locator('.ask-once > summary').click()
  await end.waitFor()
  await moderator.locator('.ask-once > summary').dblclick()
  await moderator.locator('.ask-once > summary').click()
  assert.ok(await end.isHidden(), 'however often the same finger presses, a session is only asked about (N6)')
  await press(moderator, '/next')
  await moderator.locator('form[action$="/next"]').waitFor({ state: 'detached' })
  await arabic.locator('form[action$="/questions"]').waitFor({ state: 'hidden' })
  const late = await send(arabic, `/s/${live.code}/questions`, { id: crypto.randomUUID(), text: QUESTION })
  assert.equal(late.status(), 422)
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

async function ask(phone, text) {
  const form = phone.locator('form[action$="/questions"]')
  const id = await form.locator('input[name="id"]').inputValue()
  await form.locator('textarea').fill(text)
  await form.locator('button').click()
  await phone.locator('.question-card', { hasText: text }).waitFor()
  return id
}

async function pass(id) {
  assert.equal((await send(desk, `/s/${live.code}/questions/${id}/pass`)).status(), 200)
}

async function shown(page, id) {
  assert.equal((await send(page, `/s/${live.code}/questions/${id}/show`)).status(), 200)
}

async function vote(phone, place) {
  const option = phone.locator(`form[action$="/ballot"] [name="choice"][value="${place}"]`)
  await option.click()
  await phone.locator(`form[action$="/ballot"] .is-mine[value="${place}"]`).waitFor()
}

function direction(page) {
  return page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])
}

/** The time on a page's clock, in seconds. */
async function left(page) {
  const [minutes, seconds] = (await page.locator('.clock .number').textContent()).split(':').map(Number)
  return minutes * 60 + seconds
}

/** Notes when each second is first shown, by this process's clock, until there are `enough`. */
async function seconds(page, heard, enough) {
  let done
  const all = new Promise((resolve) => (done = resolve))
  await page.exposeBinding('shows', (_, second) => {
    if (!heard.has(second)) heard.set(second, performance.now())
    if (heard.size >= enough) done()
  })
  await page.evaluate(() => {
    let last = document.querySelector('.clock .number').textContent
    new MutationObserver(() => {
      const now = document.querySelector('.clock .number')?.textContent
      if (now && now !== last) window.shows((last = now))
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await all
}

/** The card of the question among those that the children choose from: other cards name it, too, as one like them. */
function pick(page, state = '') {
  return page.locator(`.pick${state}`, { has: page.locator('.said', { hasText: QUESTION }) })
}
