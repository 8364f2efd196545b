// The two other engines that a hall's phones have, behind one small device: Firefox by WebDriver BiDi, WebKit by the
// W3C's WebDriver and a virtual display. What they are told is what a person does: go, type, press, wait for what is shown.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

import puppeteer from 'puppeteer-core'

import { PHONE } from './support.mjs'

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync)
const MINI_BROWSER = ['4.1', '4.0', '6.0'].map((version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`).find(existsSync)

/** Longer than anything here takes on a busy machine. */
const PATIENCE_MS = 30_000
/** What the driver says of an element that is not there, or not within reach, yet. */
const NOT_YET = ['no such element', 'stale element', 'click intercepted', 'not interactable']

/** The key that names an element in the protocol's answers. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** Keys that write nothing, as the protocol numbers them. */
const KEYS = { Tab: '\uE004', Enter: '\uE007' }

/** In a page: waits a moment until something is there. A change of the document is what may bring it. */
const APPEARS = `(css, text, moment) => new Promise((seen) => {
  const found = () => [...document.querySelectorAll(css)].some((element) => element.textContent.includes(text))
  if (found()) return seen(true)
  const watch = new MutationObserver(() => found() && (watch.disconnect(), seen(true)))
  watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  setTimeout(() => seen(found()), moment)
})`
/** So long one page is asked, in milliseconds; then again, since it may have become another. */
const MOMENT_MS = 2_000

class Firefox {
  static async start() {
    assert.ok(FIREFOX, 'there is no Firefox: install firefox-esr')
    return new Firefox(await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, protocolTimeout: PATIENCE_MS }))
  }

  constructor(browser) {
    this.name = 'Firefox'
    this.browser = browser
  }

  async device(size = PHONE) {
    const context = await this.browser.createBrowserContext()
    this.page = await context.newPage()
    this.page.setDefaultTimeout(PATIENCE_MS)
    await this.page.setViewport(size)
  }

  goto(url) {
    return this.page.goto(url)
  }

  /** Evaluates a function, given as its source, in the page; a promise is waited for. */
  run(source, ...given) {
    return this.page.evaluate(`(${source})(...${JSON.stringify(given)})`)
  }

  async write(css, text) {
    await this.click(css)
    await this.page.keyboard.type(text)
  }

  /** As a person does: moved out from under what stands fast at the screen's edge, then pressed once it stands still. */
  async click(css) {
    await this.page.$eval(css, (element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }))
    await this.page.locator(css).click()
  }

  key(name) {
    return this.page.keyboard.press(name)
  }

  close() {
    return this.browser.close()
  }
}

class WebKit {
  static async start() {
    assert.ok(MINI_BROWSER, 'there is no WebKit: install webkit2gtk-driver')
    const display = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '2000x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const number = await firstLine(display.stdout)
    const env = { ...process.env, DISPLAY: `:${number}`, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' }
    const port = await freePort()
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' })
    process.once('exit', () => [driver, display].forEach((child) => child.kill('SIGKILL')))
    return new WebKit(`http://127.0.0.1:${port}`, [driver, display])
  }

  constructor(origin, children) {
    this.name = 'WebKit'
    this.origin = origin
    this.children = children
  }

  /** A session is one browser with nothing of the one before. */
  async device({ width, height } = PHONE) {
    if (this.session) await this.#ask('DELETE', '')
    const browser = { binary: MINI_BROWSER, args: ['--automation'] }
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browser, timeouts: { script: PATIENCE_MS, pageLoad: PATIENCE_MS, implicit: 0 } } }
    const started = await this.#begin({ capabilities })
    this.session = started.sessionId
    await this.#ask('POST', '/window/rect', { x: 0, y: 0, width, height })
  }

  goto(url) {
    return this.#ask('POST', '/url', { url })
  }

  run(source, ...given) {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve((${source})(...JSON.parse(arguments[0]))).then(done)`
    return this.#ask('POST', '/execute/async', { script, args: [JSON.stringify(given)] })
  }

  write(css, text) {
    return this.#soon(async () => this.#ask('POST', `/element/${await this.#find(css)}/value`, { text }))
  }

  /** As a person does: moved into the middle, and once it stands still, since a page that is told something moves. */
  click(css) {
    return this.#soon(async () => {
      const element = await this.#find(css)
      const script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })"
      await this.#ask('POST', '/execute/sync', { script, args: [{ [ELEMENT]: element }] })
      await this.#ask('POST', `/element/${element}/click`, {})
    })
  }

  key(name) {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[name] ?? name }))
    return this.#ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] })
  }

  async close() {
    if (this.session) await this.#ask('DELETE', '')
    this.children.forEach((child) => child.kill())
  }

  async #find(css) {
    return (await this.#ask('POST', '/element', { using: 'css selector', value: css }))[ELEMENT]
  }

  async #soon(act) {
    for (const until = performance.now() + PATIENCE_MS; ; ) {
      try {
        return await act()
      } catch (error) {
        if (!NOT_YET.some((word) => error.message.includes(word)) || performance.now() > until) throw error
        await new Promise(setImmediate)
      }
    }
  }

  /** The driver says nothing when it listens: it is asked until it answers. */
  async #begin(body) {
    for (const until = performance.now() + PATIENCE_MS; ; ) {
      try {
        return await answer(await fetch(`${this.origin}/session`, { method: 'POST', body: JSON.stringify(body) }))
      } catch (error) {
        if (error.cause?.code !== 'ECONNREFUSED' || performance.now() > until) throw error
        await new Promise(setImmediate)
      }
    }
  }

  async #ask(method, path, body) {
    return answer(await fetch(`${this.origin}/session/${this.session}${path}`, { method, body: body && JSON.stringify(body) }))
  }
}

async function answer(response) {
  const { value } = await response.json()
  assert.ok(response.ok, `${value?.error}: ${value?.message}`)
  return value
}

function firstLine(input) {
  return new Promise((told, failed) => {
    const lines = createInterface({ input })
    lines.once('line', told)
    lines.once('close', () => failed(new Error('no virtual display: install xvfb')))
  })
}

async function freePort() {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise((bound) => server.listen(0, '127.0.0.1', bound))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** Waits until an element with a text is in the page; how the engines differ is no matter of the test. */
export async function appears(device, css, text = '') {
  for (const until = performance.now() + PATIENCE_MS; ; ) {
    let why = 'it never came'
    try {
      if (await device.run(APPEARS, css, text, MOMENT_MS)) return
    } catch (error) {
      // The page that was asked has gone: the next one is asked the same.
      if (!/unload|navigat|context|discarded/i.test(error.message)) throw error
      why = error.message
    }
    if (performance.now() > until) assert.fail(`${device.name}: no ${css} with «${text}»: ${why}; ${await shown(device)}`)
  }
}

/** What a page showed instead, so that a failure on another machine tells why. */
function shown(device) {
  return device.run('() => `${location.pathname}: ${document.body.innerText.slice(0, 400)}`')
}

export const ENGINES = [Firefox, WebKit]
