// Starts the worker that keeps the shell, the way to help and what was typed without a network (worker.js).
// Nothing on a page depends on it.

const worker = navigator.serviceWorker
/** The page comes to life first: on a cheap phone and a slow line the worker would take half of both from it. */
const AFTER_MS = 3_000

function start() {
  worker.register('/sw.js').then(tell, () => {})
}

function tell() {
  worker.controller?.postMessage({ lang: document.documentElement.lang, path: location.pathname })
}

/** A text that has arrived while nobody looked need not be sent again. */
function arrived(body) {
  const text = document.getElementById('text')
  const lines = (value) => value.split(/\r?\n/).join('\n')
  if (text && lines(new URLSearchParams(body).get('text') ?? '') === lines(text.value)) {
    text.value = ''
    text.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

if (worker) {
  worker.addEventListener('message', ({ data }) => data?.sent && arrived(data.sent))
  worker.addEventListener('controllerchange', tell)
  addEventListener('load', () => {
    tell()
    setTimeout(start, AFTER_MS)
  })
  addEventListener('online', () => (document.body.matches('.offline') ? location.reload() : tell()))
}
