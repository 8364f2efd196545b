// Pressing as a person does: in their time, and after opening what a button is folded into.

/** Longer than the calm after a change, in which a press does not count. */
const CALM_MS = 700

/** The buttons of a form, by the end of its address. */
export function buttons(page, action) {
  return page.locator(`form[action$="${action}"] button`)
}

/** Presses a button as a person does, after the moment in which presses do not count. The device has a clock. */
export async function press(page, action, button = '') {
  await page.clock.fastForward(CALM_MS)
  await reach(page.locator(`form[action$="${action}"] button${button}`).first())
}

/** Opens whatever a button is folded into, and presses it. */
export async function reach(button) {
  await button.waitFor({ state: 'attached' })
  await button.evaluate((element) => {
    for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
  })
  await button.click()
}
