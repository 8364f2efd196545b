// What the tests of preparing use besides: a server with nothing in it, and a camera that reads cards off their paper.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'

import { Demo, Hall, launch, program, ROOT } from './support.mjs'

/** What pages are printed on, and the margin that the style sheet leaves on it, in millimetres. */
const PAPER = { format: 'A4', width: 210, margin: 15 }
/** What they are printed on elsewhere: a little wider, and lower. */
const OTHER_PAPER = 'Letter'
/** Dots of a style sheet, and points of a PDF, in a millimetre. */
const PX = 96 / 25.4
const POINTS = 72 / 25.4
/** Dots of the camera's picture for a point of the PDF: a card's smallest square has five. */
const SHARPNESS = 2

/** Where the camera's own page and its tools are: nobody is asked for them, the browser has them from this folder. */
const CAMERA = 'http://camera.example'
const TOOLS = {
  '/pdf.mjs': 'pdfjs-dist/build/pdf.min.mjs',
  '/worker.mjs': 'pdfjs-dist/build/pdf.worker.min.mjs',
  '/jsqr.js': 'jsqr/dist/jsQR.js',
}

/** A hall before there is a conference: `setup` is the link that its server has printed. */
export async function emptyHall() {
  const [server, browser] = await Promise.all([served(), launch()])
  const hall = new Hall(server, browser)
  hall.setup = server.setup
  return hall
}

/** `nadwa serve` on an empty folder, with what a hall needs of it. */
async function served() {
  const folder = await mkdtemp(join(tmpdir(), 'nadwa-empty-'))
  // At an address that phones could open: of any other no code is drawn (V6).
  const own = Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)
  const place = ['--addr', `${own?.address ?? '127.0.0.1'}:0`, '--data', join(folder, 'data')]
  const server = new Demo(spawn(program(), ['serve', ...place], { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT }), folder)
  server.setup = (await server.told(/^\s+(http:\S+\/setup#\S+)$/))[1]
  server.links = { hall: `${new URL(server.setup).origin}/`, sessions: [] }
  return server
}

/**
 * Prints the cards that a page shows, and looks at the paper with a camera. Each card: what the page says of it (`who`,
 * `role`, `session`, `code`, `site`, `link`), whether all of it is `inside` the lines to cut along, what its square says
 * to the camera (`square`), and what is written there (`words`).
 */
export async function printed(page) {
  await whole(page)
  const cards = await laidOut(page)
  const pdf = await page.pdf({ format: PAPER.format, preferCSSPageSize: true })
  const sheets = 1 + Math.max(...cards.map((card) => card.sheet))
  const seen = await look(page.context().browser(), pdf, sheets, cards)
  return cards.map((card, place) => ({ ...card, ...seen[place] }))
}

/** Prints the same on the other paper: no more sheets than the page means, so that no row of cards has spilled over. */
export async function printedElsewhere(page) {
  await whole(page)
  const sheets = await page.locator('.paper-page').count()
  const pdf = await page.pdf({ format: OTHER_PAPER, preferCSSPageSize: true })
  await look(page.context().browser(), pdf, sheets, [])
}

/** A page of three hundred cards comes in pieces: a slow machine would count the sheets that are there so far. */
function whole(page) {
  return page.waitForLoadState('load')
}

/** Where the browser lays each card on its sheet when it prints, in millimetres, and what the page says of it. */
async function laidOut(page) {
  const size = page.viewportSize()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: Math.round((PAPER.width - 2 * PAPER.margin) * PX), height: size.height })
  const cards = await page.locator('.paper-page').evaluateAll((sheets) =>
    sheets.flatMap((sheet, number) => {
      const corner = sheet.getBoundingClientRect()
      return [...sheet.querySelectorAll('.print-card')].map((card) => {
        const box = card.getBoundingClientRect()
        const text = (name) => card.querySelector(name)?.textContent
        return {
          sheet: number,
          box: [box.x - corner.x, box.y - corner.y, box.width, box.height],
          // A dot of tolerance: a browser rounds.
          inside: card.querySelector('.card-foot').getBoundingClientRect().bottom <= box.bottom + 1,
          role: text('.card-role'),
          who: text('.card-who'),
          session: text('.card-words p:not([class])'),
          code: text('.card-code .number')?.replaceAll(/\D/g, ''),
          site: text('.card-site'),
          link: text('.card-foot .number.wraps'),
        }
      })
    }),
  )
  await page.emulateMedia({ media: null })
  await page.setViewportSize(size)
  const onPaper = ([x, y, ...size]) => [x / PX + PAPER.margin, y / PX + PAPER.margin, ...size.map((side) => side / PX)]
  return cards.map((card) => ({ ...card, box: onPaper(card.box) }))
}

/** Takes a picture of each sheet, and reads in it what lies where a card should be. */
async function look(browser, pdf, sheets, cards) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route('**/*', (route) => fulfil(route, pdf))
  await page.goto(`${CAMERA}/`)
  await page.addScriptTag({ url: `${CAMERA}/jsqr.js` })
  const boxes = cards.map(({ sheet, box }) => ({ sheet, box: box.map((side) => side * POINTS * SHARPNESS) }))
  const seen = await page.evaluate(read, { camera: CAMERA, sharpness: SHARPNESS, boxes })
  await context.close()
  assert.equal(seen.sheets, sheets, 'as many sheets of paper as the page means')
  return seen.cards
}

function fulfil(route, pdf) {
  const { origin, pathname } = new URL(route.request().url())
  const tool = origin === CAMERA && TOOLS[pathname]
  if (tool) return route.fulfill({ path: join(ROOT, 'node_modules', tool), contentType: 'text/javascript' })
  if (pathname === '/cards.pdf') return route.fulfill({ body: pdf, contentType: 'application/pdf' })
  return route.fulfill({ body: '<!doctype html><title>camera</title>', contentType: 'text/html' })
}

/** In the camera's page: sheet by sheet, so that no more than one picture is kept. */
async function read({ camera, sharpness, boxes }) {
  // With its worker beside it the reader works in this very page.
  globalThis.pdfjsWorker = await import(`${camera}/worker.mjs`)
  const { getDocument } = await import(`${camera}/pdf.mjs`)
  const paper = await getDocument(`${camera}/cards.pdf`).promise
  const cards = []
  const taken = async (sheet, scale) => {
    const viewport = sheet.getViewport({ scale })
    const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height })
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    await sheet.render({ canvasContext: pen, canvas, viewport }).promise
    return { viewport, pen }
  }
  const squareIn = ({ pen }, box, times) => {
    const [left, top, width, height] = box.map((side) => Math.round(side * times))
    const { data } = pen.getImageData(left, top, width, height)
    return globalThis.jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data
  }
  for (let number = 0; number < paper.numPages; number++) {
    const sheet = await paper.getPage(number + 1)
    const picture = await taken(sheet, sharpness)
    const { items } = await sheet.getTextContent()
    for (const { box } of boxes.filter((box) => box.sheet === number)) {
      const [left, top, width, height] = box
      const inside = (item) => {
        const [x, y] = picture.viewport.convertToViewportPoint(item.transform[4], item.transform[5])
        return x >= left && x <= left + width && y >= top && y <= top + height
      }
      // Whoever sees nothing with a camera comes nearer, or goes back.
      let square = squareIn(picture, box, 1)
      for (const times of [1.5, 0.75, 2, 2.5]) square ??= squareIn(await taken(sheet, sharpness * times), box, times)
      cards.push({ square, words: items.filter(inside).map((item) => item.str).join(' ') })
    }
  }
  return { sheets: paper.numPages, cards }
}
