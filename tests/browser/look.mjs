// What tests look at on a page: axe's rules, sizes under a finger, the order of digits, what Arabic letters need.

import { createRequire } from 'node:module'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Every page of a device that is loaded from now on can be looked at by axe. */
export function withAxe(page) {
  return page.context().addInitScript({ path: AXE })
}

/** What breaks axe's rules, each in one line. */
export function violations(page) {
  return page.evaluate(async (rules) => {
    // Joined letters are narrower than the sum of single ones: axe takes Arabic for an icon font and skips its contrast.
    // With this measure no text looks like an icon.
    CanvasRenderingContext2D.prototype.measureText = (text) => ({ width: 30 * text.length })
    // What the foot covers now is a scroll away: it is not covered for good.
    const foot = document.querySelector('.foot')
    foot?.style.setProperty('position', 'static')
    const { violations } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ['violations'], iframes: false })
    foot?.style.removeProperty('position')
    const line = (rule, node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll(/\s+/g, ' ')}`
    return violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)))
  }, RULES)
}

/** Targets that are too small for a finger: 44 px for any, 72 px for the main action, 12 px from main to next. */
export function smallTargets(page) {
  return page.evaluate(() => {
    const found = []
    const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    const name = (element) => `${element.tagName.toLowerCase()}.${element.className} «${element.textContent.trim().slice(0, 30)}»`
    // A word within a text that explains itself is as high as its line (WCAG 2.5.8, inline).
    const inline = (element) => element.matches('p .term, li .term, blockquote .term')
    const unseen = (element) => inline(element) || element.closest('.unseen') || (element.matches('.skip') && !element.matches(':focus'))
    // A box that is ticked is as large as the label around it.
    const area = (element) => (element.matches('input[type="radio"], input[type="checkbox"]') ? (element.closest('label') ?? element) : element)
    const targets = [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')]
    for (const element of targets.filter((element) => shown(element) && !unseen(element))) {
      const { width, height } = area(element).getBoundingClientRect()
      const least = element.matches('.button.main') ? 72 : 44
      if (height < least - 0.5 || width < 43.5) {
        found.push(`${name(element)} is ${Math.round(width)}×${Math.round(height)}, needs ${least}`)
      }
    }
    const mains = targets.filter((element) => element.matches('.button.main') && shown(element))
    for (const main of mains) {
      const a = main.getBoundingClientRect()
      for (const other of targets.filter((other) => other !== main && shown(other) && !unseen(other) && !main.contains(other) && !other.contains(main))) {
        const b = other.getBoundingClientRect()
        const gap = Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom)
        const together = main.closest('footer, form, dialog, .buttons, .choices') === other.closest('footer, form, dialog, .buttons, .choices')
        if (together && gap < 11.5) found.push(`${name(other)} is ${Math.round(gap)} px from ${name(main)}, needs 12`)
      }
    }
    return found
  })
}

/** What is wider than the page: whoever reads would have to scroll sideways. */
export function tooWide(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement
    if (scrollWidth <= clientWidth) return []
    const scrolls = (element) => element.closest('.table, [tabindex="0"]')
    const beyond = ({ left, right }) => left < -1 || right > clientWidth + 1
    const wide = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility() && beyond(element.getBoundingClientRect()) && !scrolls(element))
    return [`the page is ${scrollWidth} px wide: ${wide.slice(-3).map((element) => `${element.tagName}.${element.className}`).join(', ')}`]
  })
}

/**
 * Where somebody who scrolls comes to nothing: a page or a column that is longer than what is seen in it. What fills the
 * window (console, desk, stage, wall) does not scroll as a whole.
 */
export function emptiness(page) {
  return page.evaluate(() => {
    /** The space below the last thing on a page. */
    const REST = 120
    const found = []
    const root = document.scrollingElement
    const filled = document.querySelector('.console:not(.plan), .desk, .stage, .hall:not(.clock)')
    if (filled && innerWidth >= 592 && innerHeight >= 640 && root.scrollHeight > root.clientHeight) {
      found.push(`.${filled.className} scrolls as a whole, by ${root.scrollHeight - root.clientHeight} px`)
    }
    const clips = new Map()
    const scrollerOf = (element) => {
      if (!element || element === root || element === document.body) return root
      if (!clips.has(element)) clips.set(element, getComputedStyle(element).overflowY === 'visible' ? scrollerOf(element.parentElement) : element)
      return clips.get(element)
    }
    const text = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    const drawn = (element) => element.matches('svg, img, iframe, input, button, select, textarea, meter, .shape, .button') || text(element)
    const ends = new Map()
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('.unseen, svg *') || !drawn(element) || !element.checkVisibility({ checkVisibilityCSS: true })) continue
      const scroller = scrollerOf(element.parentElement)
      const top = scroller === root ? -scrollY : scroller.getBoundingClientRect().top - scroller.scrollTop
      ends.set(scroller, Math.max(ends.get(scroller) ?? 0, element.getBoundingClientRect().bottom - top))
    }
    for (const [scroller, end] of ends) {
      const inner = scroller === root ? end : Math.max(end, 0)
      const lasts = scroller === root ? Math.max(inner, ...[...ends.keys()].filter((other) => other !== root).map((other) => other.getBoundingClientRect().bottom + scrollY)) : inner
      const empty = scroller.scrollHeight - lasts
      if (scroller.scrollHeight > scroller.clientHeight + 1 && empty > REST) found.push(`${scroller.tagName}.${scroller.className} has ${Math.round(empty)} px of nothing`)
    }
    return found
  })
}

/** What a finger could press now, or will in another moment: the controls whose middle is seen, disabled ones too. */
export function inSight(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')]
    const seen = all.filter((element) => {
      if (!element.checkVisibility({ checkVisibilityCSS: true }) || element.closest('.unseen')) return false
      const { left, top, width, height } = element.getBoundingClientRect()
      const hit = document.elementFromPoint(left + width / 2, top + height / 2)
      return hit && (element.contains(hit) || hit.contains(element))
    })
    return seen.map((element) => element.textContent.trim().replaceAll(/\s+/g, ' ').slice(0, 40) || element.name)
  })
}

/** What Arabic letters suffer from: spacing, slant, capitals, lines too close; and a text whose language is not said. */
export function letters(page) {
  return page.evaluate(() => {
    const found = new Set()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const arabic = (text) => (text.match(/[\u0600-\u06ff]/g) ?? []).filter((sign) => /\p{L}/u.test(sign)).length
    const latin = (text) => (text.match(/\p{Script=Latin}/gu) ?? []).length
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim()
      const element = walker.currentNode.parentElement
      if (!text || element.closest('script, style, noscript, svg') || !element.checkVisibility()) continue
      const style = getComputedStyle(element)
      const say = (what) => found.add(`«${text.slice(0, 40)}» in ${element.tagName.toLowerCase()}.${element.className}: ${what}`)
      const lang = element.closest('[lang]')?.lang
      if (arabic(text) > latin(text)) {
        if (!['normal', '0px'].includes(style.letterSpacing)) say(`letter-spacing ${style.letterSpacing}`)
        if (style.fontStyle !== 'normal') say(`font-style ${style.fontStyle}`)
        if (style.textTransform !== 'none') say(`text-transform ${style.textTransform}`)
        const leading = parseFloat(style.lineHeight) / parseFloat(style.fontSize)
        if (leading < 1.395 && !element.closest('.unseen')) say(`line-height ${leading.toFixed(2)}`)
        if (lang !== 'ar') say(`lang ${lang}`)
        if (element.closest('.number') && style.unicodeBidi.includes('override')) say('letters that are turned round')
      } else if (lang === 'ar' && latin(text) > 12 && /\p{L}\s+\p{L}/u.test(text)) {
        say('lang ar')
      }
    }
    return [...found]
  })
}

/** The signs of a text in the order in which they stand on the page, from the left. */
export function order(locator) {
  return locator.evaluate((element) => {
    const signs = []
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      for (let at = 0; at < node.length; at += 1) {
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        signs.push([range.getBoundingClientRect().left, node.data[at]])
      }
    }
    return signs.sort(([a], [b]) => a - b).map(([, sign]) => sign).join('')
  })
}

/** How wide each of ten digits is where a number stands. */
export function widths(locator, digits) {
  return locator.evaluate((element, digits) => {
    const copy = element.cloneNode(false)
    element.after(copy)
    const width = (digit) => {
      copy.textContent = digit.repeat(20)
      return Math.round(copy.getBoundingClientRect().width * 10) / 10
    }
    const found = [...digits].map(width)
    copy.remove()
    return found
  }, digits)
}
