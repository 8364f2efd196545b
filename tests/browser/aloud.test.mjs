// A voice for the promises: an organizer chooses a file, everybody hears it, and what is no recording is told beside its
// field.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { Hall, PHONE, TABLET } from './support.mjs'

const SECONDS = 2
const KEY = 'promises.ar'

let hall, organizer, child

before(async () => {
  hall = await Hall.open()
  ;[organizer, child] = await Promise.all([hall.device({ size: TABLET, js: false }), hall.device({ size: PHONE })])
  await organizer.goto(hall.links.organizer)
  await organizer.goto(`${hall.origin}/organizer/recordings`)
})

after(() => hall?.close())

test('before one is brought nothing is offered', async () => {
  await child.goto(hall.origin)
  assert.equal(await child.locator('audio').count(), 0)
})

test('a text is refused beside its field, and nothing is kept', async () => {
  await bring({ name: 'promises.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no sound at all '.repeat(40)) })
  assert.equal(await field().getAttribute('aria-invalid'), 'true')
  const beside = (await field().getAttribute('aria-describedby')).split(' ').at(-1)
  assert.ok((await organizer.locator(`[id="${beside}"]`).innerText()).trim().length > 0)
  assert.equal(await place().locator('audio').count(), 0)
})

test('a recording is heard by the organizer and by a child, as long as it is', async () => {
  await bring({ name: 'صوتنا.wav', mimeType: 'audio/wav', buffer: sound() })
  await place().locator('audio').waitFor()
  await child.goto(hall.origin)
  const length = await child.locator('audio').evaluate(async (audio) => {
    await new Promise((heard, failed) => {
      audio.addEventListener('loadedmetadata', heard)
      audio.addEventListener('error', () => failed(new Error(audio.error.message)))
      audio.preload = 'metadata'
      audio.load()
    })
    return audio.duration
  })
  assert.equal(Math.round(length), SECONDS)
})

test('taken away, it is offered nowhere', async () => {
  await place().locator(`form[action$="/${KEY}/remove"] button`).click()
  await organizer.waitForURL(/done=1/)
  assert.equal(await place().locator('audio').count(), 0)
  await child.goto(hall.origin)
  assert.equal(await child.locator('audio').count(), 0)
})

test('nothing went wrong behind anybody’s back', () => hall.calm())

function place() {
  return organizer.locator(`article[id="${KEY}"]`)
}

function field() {
  return place().locator('input[type="file"]')
}

async function bring(file) {
  await field().setInputFiles(file)
  const answered = organizer.waitForNavigation()
  await place().locator('form[enctype] button').click()
  await answered
}

/** A plain recording: one byte for each of eight thousand beats a second. */
function sound() {
  const beats = SECONDS * 8000
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(beats + 36, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(beats, 40)
  return Buffer.concat([head, Buffer.alloc(beats, 0x80)])
}
