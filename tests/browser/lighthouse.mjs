// Lighthouse on the pages that most people open, as a phone sees them, by `make bench`: performance, access, practice.
//
// The tool is fetched for this alone (`npm install --no-save`, in the Makefile); nothing of it is in the tests.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { CHROMIUM, Demo, FLAGS } from './support.mjs'

const LEAST = 95
const MOST_SHIFT = 0.02
const PORT = 9417
const PARTS = ['performance', 'accessibility', 'best-practices']
/** Each page so often; the middle one is told. */
const VISITS = 5

const { default: lighthouse } = await import('lighthouse').catch(() => {
  console.error('Lighthouse is not here: make bench fetches it (npm install --no-save lighthouse@12).')
  process.exit(1)
})

const demo = await Demo.start([])
const live = demo.links.sessions[0]
const origin = new URL(live.audience).origin
// A card signs a browser in; the visits take its cookies along.
const { cookies, paper } = await browsing([], async (browser) => {
  const page = await browser.newPage()
  await page.goto(live.console)
  await page.goto(`${origin}/papers`)
  const paper = await page.locator('a[href^="/papers/"]:not([href$="booklet"])').first().getAttribute('href')
  return { cookies: await browser.cookies(), paper }
})
const pages = { audience: `${origin}/s/${live.code}`, console: `${origin}/s/${live.code}/console`, programme: `${origin}/programme`, paper: origin + paper }

let short = 0
console.log(`Lighthouse, phone profile, the middle of ${VISITS} visits (at least ${LEAST}; shift at most ${MOST_SHIFT})`)
for (const [name, url] of Object.entries(pages)) {
  const visits = []
  for (let visit = 0; visit < VISITS; visit += 1) visits.push(await look(url))
  const middle = (of) => visits.map(of).sort((a, b) => a - b)[Math.floor(VISITS / 2)]
  const scores = PARTS.map((part) => middle((seen) => Math.round(seen.categories[part].score * 100)))
  // The tool makes this machine four times slower, whatever machine it is: how fast it was is the tool's own index.
  const speed = Math.round(middle((seen) => seen.environment.benchmarkIndex))
  const shift = middle((seen) => seen.audits['cumulative-layout-shift'].numericValue)
  const holds = scores.every((score) => score >= LEAST) && shift <= MOST_SHIFT
  short += holds ? 0 : 1
  const told = PARTS.map((part, at) => `${part} ${scores[at]}`).join('  ')
  console.log(`  ${name.padEnd(10)} ${told}  shift ${shift.toFixed(3)}  machine ${speed}${holds ? '' : '   SHORT'}`)
  if (!holds) console.log(why(visits[0]))
}
await demo.stop()
process.exitCode = short ? 1 : 0

/** A first visit, as the tool's own command pays it: a new browser, which knows the page's cookies and nothing else. */
async function look(url) {
  return browsing(cookies, async () => {
    const { lhr } = await lighthouse(url, { port: PORT, output: 'json', onlyCategories: PARTS, logLevel: 'error' })
    return lhr
  })
}

/** Does this in a browser of its own. */
async function browsing(cookies, act) {
  const folder = await mkdtemp(join(tmpdir(), 'nadwa-lighthouse-'))
  const args = [...FLAGS, `--remote-debugging-port=${PORT}`]
  const browser = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, args })
  try {
    await browser.addCookies(cookies)
    return await act(browser)
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The audits that cost points. */
function why(seen) {
  const refs = PARTS.flatMap((part) => seen.categories[part].auditRefs)
  const lost = refs.filter((ref) => ref.weight > 0 && seen.audits[ref.id].score !== null && seen.audits[ref.id].score < 0.9)
  return lost.map((ref) => `      ${ref.id}: ${seen.audits[ref.id].displayValue ?? seen.audits[ref.id].title}`).join('\n')
}
