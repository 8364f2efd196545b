// The way to help where no network is: who listens stands in every page (help.rs), and a press on the way to help opens it
// there, if its page cannot be reached. A worker that keeps that page does better and is left to it.
// A picture that is pressed there goes as soon as something hears it; until then it waits here and nowhere else.

const near = document.querySelector('details.near')
/** Shorter than a child's patience. */
const PATIENCE_MS = 2_500
const AGAIN_MS = 3_000

const soon = (address, options) => fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS), ...options })

async function help(event) {
  const link = event.target.closest?.('a.help')
  const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey
  if (!link || !plain || event.defaultPrevented || navigator.serviceWorker?.controller) return
  event.preventDefault()
  const there = navigator.onLine && (await soon('/healthz').catch(() => null))
  if (there) return location.assign(link.href)
  near.open = true
  near.querySelector('summary').focus()
}

/** The newest picture alone goes: a child who presses again has thought again. */
let waits = null

function call(event) {
  event.preventDefault()
  const { target: form, submitter } = event
  waits = { address: form.action, body: new URLSearchParams(new FormData(form, submitter)) }
  go(waits)
}

async function go(letter) {
  if (letter !== waits) return
  const answer = await soon(letter.address, { method: 'POST', body: letter.body }).catch(() => null)
  if (letter !== waits) return
  // What the server says of it stands on the page of help.
  if (answer) return location.assign(answer.redirected ? answer.url : document.querySelector('a.help')?.href ?? '/help')
  const says = near.querySelector('.waits')
  says.textContent = says.dataset.says
  setTimeout(go, AGAIN_MS, letter)
}

if (near) {
  document.addEventListener('click', help)
  near.addEventListener('submit', call)
}
