// What the browser tests share: a demo conference of their own, a browser, and devices in it.
//
// A device is one person's browser: its own cookies, its own page. Whatever goes wrong on any of them behind the
// test's back (a refused script, a request to somebody else, an error) is a complaint, and `close` fails on it.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { chromium } from 'playwright-core'

export { buttons, press, reach, unfold } from './fingers.mjs'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The three sizes of the design: a phone held upright, a tablet, a projector. */
export const PHONE = { width: 360, height: 740 }
export const TABLET = { width: 1024, height: 768 }
export const WALL = { width: 1920, height: 1080 }

/** Longer than anything here takes on a busy machine. What is waited for is a fact, and mostly there at once. */
const PATIENCE_MS = 30_000

/** Where the browser is. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

export const FLAGS = [
  '--no-sandbox',
  // A name that no browser takes for its own machine.
  '--host-resolver-rules=MAP hall.test 127.0.0.1',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--hide-scrollbars',
  '--font-render-hinting=none',
]

/** A demo conference and a browser to look at it. */
export class Hall {
  /** Starts both. `flags` go to `nadwa demo`. */
  static async open(...flags) {
    const [demo, browser] = await Promise.all([Demo.start(flags), launch()])
    return new Hall(demo, browser)
  }

  constructor(demo, browser) {
    this.demo = demo
    this.browser = browser
    this.origin = new URL(demo.links.hall).origin
    /** The sessions' links; the first is live. */
    this.sessions = demo.links.sessions
    this.links = demo.links
    this.complaints = []
    this.origins = new Set([this.origin])
  }

  /** A browser of one person. `clock` lets the test move the device's time; `skew` sets it wrong, in hours. */
  async device({ lang = 'ar', size = PHONE, js = true, dark = false, theme, digits, clock = false, skew = 0, touch = false, worker = false, origin = this.origin } = {}) {
    const context = await this.browser.newContext({
      viewport: size,
      javaScriptEnabled: js,
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      hasTouch: touch,
      locale: lang,
      // A worker would keep files between two pages: only who looks at it has one.
      serviceWorkers: worker ? 'allow' : 'block',
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const choices = { nadwa_lang: lang, nadwa_theme: theme, nadwa_digits: digits }
    const chosen = Object.entries(choices).filter(([, value]) => value)
    await context.addCookies(chosen.map(([name, value]) => ({ name, value, url: origin })))
    if (clock || skew) {
      await context.clock.install({ time: Date.now() + skew * 3_600_000 })
    }
    this.origins.add(origin)
    this.#watch(context, js)
    return entering(await context.newPage(), js)
  }

  /** Every complaint so far, and none after. */
  calm() {
    const complaints = [...new Set(this.complaints.splice(0))]
    assert.equal(complaints.length, 0, `behind the test’s back:\n${complaints.slice(0, 20).join('\n')}`)
  }

  async close() {
    await this.browser.close()
    await this.demo.stop()
    this.calm()
  }

  #watch(context, js) {
    const complain = (what) => this.complaints.push(what)
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:', 'about:'].includes(url.protocol) && !this.origins.has(url.origin)) {
        complain(`a request to somebody else: ${url}`)
      }
    })
    context.on('response', (response) => {
      const asset = !['document', 'fetch', 'xhr', 'eventsource'].includes(response.request().resourceType())
      if (response.status() >= 500 || (asset && response.status() >= 400)) {
        complain(`${response.status()} for ${response.url()}`)
      }
    })
    context.on('console', (message) => {
      // What an answer's status means is for the test; what failed to load is told above.
      const told = message.text().startsWith('Failed to load resource')
      const blocked = message.text().includes('Service Worker registration blocked')
      // Without scripts nobody needs what they would load.
      const unused = !js && message.text().includes('was preloaded using link preload but not used')
      // On plain http browsers leave this header aside, and the promises of it with it (V1).
      const aside = message.text().startsWith('The Cross-Origin-Opener-Policy header has been ignored')
      if (['error', 'warning'].includes(message.type()) && !told && !unused && !blocked && !aside) {
        complain(`${message.type()} on ${message.page()?.url()}: ${message.text()}`)
      }
    })
    context.on('weberror', (error) => complain(`error on ${error.page()?.url()}: ${error.error().stack}`))
  }
}

const DOOR = /^\/[pat]$/

/** A link's secret is exchanged by the page that it leads to; without scripts it is typed there. */
function entering(page, js) {
  const goto = page.goto.bind(page)
  page.goto = async (url, ...more) => {
    const link = new URL(url, page.url() === 'about:blank' ? undefined : page.url())
    const answer = await goto(url, ...more)
    if (!DOOR.test(link.pathname) || !link.hash) return answer
    const refused = page.waitForResponse((said) => said.request().method() === 'POST' && said.status() >= 400).catch(() => {})
    if (!js) {
      await page.fill('#secret', link.hash.slice(1))
      await page.click('form:has(#secret) button')
    }
    await Promise.race([page.waitForURL((at) => !DOOR.test(at.pathname)), refused])
    return answer
  }
  return page
}

/** Goes to a page and waits until its island follows the session. */
export async function follow(page, url) {
  const followed = page.waitForRequest(/\/feed\?/)
  await page.goto(url)
  await followed
}

/** What another phone of the hall sends: it has looked at the page first, so that it is no new device. */
export async function postAsPhone(hall, live, path, fields) {
  const page = await fetch(`${hall.origin}/s/${live.code}`)
  const cookie = page.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  const form = { method: 'POST', body: new URLSearchParams(fields), headers: { cookie }, redirect: 'manual' }
  return fetch(`${hall.origin}/s/${live.code}${path}`, form)
}

/** Sends a form from a device without its page: with its cookies and nothing else. */
export function send(page, path, fields = {}) {
  const url = new URL(path, page.url())
  return page.context().request.post(url.href, {
    form: fields,
    headers: { accept: 'application/json', origin: url.origin },
  })
}

/** What a device would be given if it asked for its page now. */
export async function fresh(page) {
  const answer = await page.context().request.get(page.url())
  return answer.text()
}

/** The step that a moderator's page shows. */
export function step(page) {
  return page.locator('form[action$="/next"] input[name="step"]').inputValue()
}

/** Presses the big button by its address alone, from whichever step the session is in. */
export async function next(page) {
  const answer = await send(page, new URL(page.url()).pathname.replace(/\/console$/, '/next'), { step: await freshStep(page) })
  assert.equal(answer.status(), 200, await answer.text())
}

async function freshStep(page) {
  return /name="step"[^>]*value="(\d+)"/.exec(await fresh(page))?.[1]
}

/** Makes a device as slow as a cheap phone in a full hall. */
export async function slow(page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const kilobytes = (n) => n * 1024
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: kilobytes(50),
    uploadThroughput: kilobytes(25),
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** A way to the server that can go dead without a word, as Wi-Fi does: connections stay, and nothing comes through. */
export async function deadEnd(origin) {
  const { hostname, port } = new URL(origin)
  const pairs = new Set()
  let dead = false
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname)
    const pair = [near, far]
    pairs.add(pair)
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', (data) => dead || to.write(data))
      from.on('end', () => dead || to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => pairs.delete(pair))
    }
  })
  await new Promise((bound) => server.listen(0, hostname, bound))
  const drop = () => pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()))
  return {
    origin: `http://${hostname}:${server.address().port}`,
    cut: () => (dead = true),
    mend: () => {
      dead = false
      drop()
    },
    close: () => {
      drop()
      server.close()
    },
  }
}

/** The time on a page's clock, in seconds. */
export async function left(page) {
  const text = await page.locator('.clock .number').first().textContent()
  const [minutes, seconds] = text.replaceAll(/[^\d:]/g, '').split(':').map(Number)
  return minutes * 60 + seconds
}

/** The instant at which the running clock of a page's session ends, as the server says it. */
export async function endsAt(page) {
  const code = /\/s\/(\w+)/.exec(page.url())[1]
  const answer = await page.context().request.get(new URL(`/s/${code}/picture`, page.url()).href)
  return (await answer.json()).view.shown.clock.state.running.ends_at
}

/**
 * How far a page's shown seconds change from the true instants, in milliseconds, over so many changes. Server and
 * browser share a machine; the page's own clocks may be faked, so that a change is told to this process.
 */
export async function offBy(page, ends, changes) {
  const seen = []
  let done
  const all = new Promise((resolve) => (done = resolve))
  const name = `changed${Math.random().toString(36).slice(2)}`
  await page.exposeBinding(name, () => {
    seen.push(performance.timeOrigin + performance.now())
    if (seen.length === changes) done()
  })
  await page.evaluate((name) => {
    let last = document.querySelector('.clock .number').textContent
    new MutationObserver(() => {
      const now = document.querySelector('.clock .number')?.textContent
      if (now && now !== last) {
        last = now
        window[name]()
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, name)
  await all
  return seen.slice(0, changes).map((at) => {
    const off = (((at - ends) % 1000) + 1000) % 1000
    return Math.min(off, 1000 - off)
  })
}

/** A page comes to show the true second of its running clock: until it has asked the server for the time, it guesses. */
export async function showsTrueTime(page) {
  const ends = await endsAt(page)
  const off = async () => Math.abs((ends - Date.now()) / 1000 - (await left(page)))
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const seconds = await off()
    if (seconds <= 1) return
    assert.ok(performance.now() < until, `the clock stays wrong by ${seconds} s`)
  }
}

/** Both pages come to show the same second: read together, so that a change between the two is tried again. */
export async function sameSecond(one, other) {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const [a, b, again] = [await left(one), await left(other), await left(one)]
    if (a === again && a === b) return
    assert.ok(performance.now() < until, `the clocks stay apart: ${a} and ${b}`)
  }
}

/** The middle of some numbers: a busy test machine may hold one up. */
export function middle(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]
}

/** Digits as an Arabic keyboard types them. */
export function arabicDigits(text) {
  return text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit])
}

/** `remembers`: goes back to a page as it was left, as browsers of people do. */
export function launch({ remembers = false } = {}) {
  assert.ok(existsSync(CHROMIUM), `there is no ${CHROMIUM}: install chromium, or say where it is by CHROMIUM`)
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, ignoreDefaultArgs: remembers ? ['--disable-back-forward-cache'] : [] })
}

/** A server of a test's own, in a folder of its own. */
export class Demo {
  static async start(flags) {
    const folder = await mkdtemp(join(tmpdir(), 'nadwa-browser-'))
    const file = join(folder, 'links.json')
    const own = ['--addr', '127.0.0.1:0', '--data', join(folder, 'data'), '--links', file, '--no-phones', '--poll-open', '0']
    const child = spawn(program(), ['demo', ...own, ...flags], { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT })
    const demo = new Demo(child, folder)
    await demo.#ready()
    demo.links = JSON.parse(await readFile(file, 'utf8'))
    return demo
  }

  constructor(child, folder) {
    this.folder = folder
    this.said = []
    this.#watch(child)
  }

  #watch(child) {
    this.child = child
    this.ended = new Promise((ended) => child.once('exit', ended))
    this.heard = new EventEmitter()
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        if (input === child.stderr) this.said.push(line)
        this.heard.emit('line', line)
      })
    }
    process.once('exit', () => child.kill('SIGKILL'))
  }

  /** The links are printed once they are written and the address is bound. */
  async #ready(word = 'Ctrl-C') {
    await this.told(new RegExp(word))
  }

  /** What it says on the terminal of whoever started it: the first line that fits. */
  async told(pattern) {
    const told = new Promise((tell) => this.heard.on('line', (line) => pattern.test(line) && tell(pattern.exec(line))))
    const found = await Promise.race([told, this.ended.then(() => null)])
    assert.ok(found, `the server ended before it began:\n${this.said.join('\n')}`)
    return found
  }

  /** The server dies without a word, and is started again with what it has written, where it was. */
  async die() {
    this.child.kill('SIGKILL')
    await this.ended
    const place = ['--addr', new URL(this.links.hall).host, '--data', join(this.folder, 'data')]
    this.#watch(spawn(program(), ['serve', ...place], { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT }))
    await this.#ready('ready')
  }

  async stop() {
    this.child.kill('SIGTERM')
    await this.ended
    await rm(this.folder, { recursive: true, force: true })
    const errors = this.said.filter((line) => /\b(ERROR|panicked)\b/.test(line))
    assert.deepEqual(errors, [], 'the server told of errors')
  }
}

/** The server's program: the one that is named, or what was built last. */
export function program() {
  const known = [process.env.NADWA_BIN, 'target/debug/nadwa', 'target/release/nadwa'].filter(Boolean)
  const found = known.map((path) => join(path.startsWith('/') ? '' : ROOT, path)).find((path) => existsSync(path))
  assert.ok(found, `there is none of ${known.join(', ')}: \`cargo build --package nadwa\` makes it`)
  return found
}
