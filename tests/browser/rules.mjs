// A second opinion on a page, and what it must bear: other checkers, longer words, the system's own colours.

import { createRequire } from 'node:module'

import { HtmlValidate } from 'html-validate'

const HTMLCS = createRequire(import.meta.url).resolve('html_codesniffer/build/HTMLCS.js')

/** Every page of a device that is loaded from now on can be looked at by HTML_CodeSniffer. */
export function withHtmlcs(page) {
  return page.context().addInitScript({ path: HTMLCS })
}

/** What HTML_CodeSniffer calls an error, each in one line. */
export function errors(page) {
  return page.evaluate(async () => {
    await new Promise((done, fail) => globalThis.HTMLCS.process('WCAG2AA', document, done, fail))
    const told = globalThis.HTMLCS.getMessages().filter((message) => message.type === globalThis.HTMLCS.ERROR)
    const name = (element) => `${element.tagName?.toLowerCase()}.${element.className} «${element.textContent?.trim().slice(0, 30)}»`
    return told.map(({ code, msg, element }) => `${code.replace('WCAG2AA.', '')}: ${name(element)}: ${msg}`)
  })
}

const VALID = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  // Rules of style and of taste are off: what is left is whether a browser reads what was meant.
  rules: {
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // Any id without spaces is one; fields in several languages are `title.ar`, `title.en`.
    'valid-id': ['error', { relaxed: true }],
    // Without scripts a page follows the session by loading itself anew; buttons of one form share their name.
    'meta-refresh': 'off',
    'form-dup-name': 'off',
    'unique-landmark': 'off',
    'no-trailing-whitespace': 'off',
    'prefer-native-element': 'off',
    'require-sri': 'off',
    'tel-non-breaking': 'off',
    'void-style': 'off',
    'no-inline-style': 'error',
  },
})

/** What is not valid in a page as the server sends it. */
export async function invalid(html) {
  // Leptos marks places by the shortest comment there is, which browsers read and the checker does not.
  const report = await VALID.validateString(html.replaceAll('<!>', '<!---->'))
  const told = report.results.flatMap((result) => result.messages)
  // Leptos writes the nonce where a word about credentials stands: every unknown word there means the same.
  return told.filter(({ message }) => !message.includes('"crossorigin" has invalid value')).map(({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} (${selector ?? `${line}:${column}`})`)
}

/** Texts that are said to be of one language and are of another: told by the small words of each. */
export function foreign(page) {
  return page.evaluate(() => {
    const small = {
      en: /(?<![\p{L}’'])(the|and|of|is|are|with|this|that|from|your|who|what|will|not)(?![\p{L}’'])/giu,
      fr: /(?<![\p{L}’'])(le|la|les|des|une|est|avec|dans|pour|qui|que|sur|vous|nous|pas)(?![\p{L}’'])/giu,
    }
    const found = new Set()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim()
      const element = walker.currentNode.parentElement
      if (!text || element.closest('script, style, noscript')) continue
      const lang = element.closest('[lang]')?.lang
      const count = (of) => (text.match(small[of]) ?? []).length
      const other = { en: 'fr', fr: 'en' }[lang]
      if (other && count(other) > 1 && count(other) > count(lang)) found.add(`«${text.slice(0, 60)}» is said to be ${lang}`)
    }
    return [...found]
  })
}

/** Makes every word of the page four tenths longer, as another language might. */
export function stretch(page) {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const longer = (word) => word + word.slice(0, Math.ceil(word.length * 0.4))
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (!node.parentElement.closest('script, style, noscript, .number, code')) {
        node.textContent = node.textContent.replace(/\p{L}[\p{L}\p{M}]{3,}/gu, longer)
      }
    }
  })
}

/** Words that do not fit into their own button, label or cell. */
export function cut(page) {
  return page.evaluate(() => {
    const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('.unseen, .skip')
    const boxes = [...document.querySelectorAll('button, a.button, a.help, label, summary, th, td, legend, h1, h2, h3')].filter(shown)
    const wider = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && getComputedStyle(box).display !== 'inline')
    return wider.map((box) => `${box.tagName.toLowerCase()}.${box.className} «${box.textContent.trim().slice(0, 40)}» has ${box.clientWidth} px for ${box.scrollWidth}`)
  })
}

/** Small forms that cannot be told from what they stand on. */
export function faint(page) {
  return page.evaluate(() => {
    const colour = (text) => (text.match(/[\d.]+/g) ?? []).map(Number)
    const behind = (element) => {
      for (let here = element; here; here = here.parentElement) {
        const [r, g, b, a = 1] = colour(getComputedStyle(here).backgroundColor)
        if (a > 0.5) return [r, g, b]
      }
      return [255, 255, 255]
    }
    const forms = [...document.querySelectorAll('.shape')].filter((form) => form.checkVisibility({ checkVisibilityCSS: true }) && !form.closest('.unseen'))
    const near = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 60
    const lost = forms.filter((form) => near(colour(getComputedStyle(form).backgroundColor), behind(form.parentElement)))
    return lost.map((form) => `${form.className} in ${form.parentElement.tagName.toLowerCase()}.${form.parentElement.className}`)
  })
}
