// Pressing as a person does: in their time, and after opening what a button is folded into.

/** Longer than the calm after a change, in which a press does not count. */
const CALM_MS = 700

/** The buttons of a form, by the end of its address; of a press about one question `/questions/ID/VERB` finds its form. */
export function buttons(page, action) {
  return page.locator(`${form(action)} button`)
}

/** Which question is meant stands in the form's body, and in no address (G6). */
function form(action) {
  const [, id, verb] = /^\/questions\/([0-9a-f-]{36})\/(.+)$/.exec(action) ?? []
  return id ? `form[action$="/questions/${verb}"]:has(> input[name="item"][value="${id}"])` : `form[action$="${action}"]`
}

/** Presses a button as a person does, after the moment in which presses do not count. The device has a clock. */
export async function press(page, action, button = '') {
  await page.clock.fastForward(CALM_MS)
  await reach(page.locator(`${form(action)} button${button}`).first())
}

/** Opens whatever a button is folded into, and presses it. */
export async function reach(button) {
  await button.waitFor({ state: 'attached' })
  await button.evaluate((element) => {
    for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
    const list = element.closest('.listing')
    if (list) list.previousElementSibling.open = true
  })
  await button.click()
}

/** Opens the lists of a tablet, as whoever wants more of it does: they stay open as long as the page. */
export async function unfold(page) {
  await page.locator('.next > .voting').waitFor({ state: 'attached' })
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll(':is(.wall, .now, .next) > .more, .next .fold, .cue > .more')) fold.open = true
  })
}
