// A link's secret is the URL's fragment (behind `#`), which browsers send to nobody. This takes it out of the address, and
// so out of the history, before anything else happens, and puts it into the field that waits for it. A link that only
// lets somebody in is sent at once.

const field = document.querySelector('[data-secret]')

function exchange() {
  const secret = location.hash.slice(1)
  if (!secret || !field) return
  history.replaceState(null, '', location.pathname + location.search)
  field.value = secret
  if (field.form.hasAttribute('data-once')) field.form.requestSubmit()
}

exchange()
// The next card is scanned into the page that still asks for one.
addEventListener('hashchange', exchange)
// Whoever comes back to this page finds an empty field.
addEventListener('pagehide', () => field?.form.hasAttribute('data-once') && (field.value = ''))
