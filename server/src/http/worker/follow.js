// What a page says of what happens elsewhere stays true while somebody looks at it (N1): each part that follows is fetched
// anew, and takes its new place in the page when it says something else. What is a live region is read out by that.

const EVERY_MS = 4_000
const PATIENCE_MS = 10_000

async function follow() {
  const visible = document.visibilityState === 'visible'
  const asked = { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) }
  const answer = visible && (await fetch(location.href, asked).catch(() => null))
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-follow]')) {
      const now = fresh.getElementById(part.id)
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes)
    }
  }
  setTimeout(follow, EVERY_MS)
}

setTimeout(follow, EVERY_MS)
