// Screens of the hall and the team's tablets stay awake while they are looked at (V2). A browser gives the lock back when its
// page is hidden: it is taken again. Where there is none, as without a secure context, the page says that it may go dark.
// A wall becomes as large as its screen by the key F, or by two quick presses on it.

async function stay() {
  // A page in a frame is no device of its own (the demo's hall).
  if (document.visibilityState !== 'visible' || window.top !== window) return
  const lock = await navigator.wakeLock?.request('screen').catch(() => null)
  const says = document.querySelector('.may-go-dark')
  if (says) says.hidden = Boolean(lock)
}

function grow() {
  if (document.fullscreenElement) document.exitFullscreen()
  else document.documentElement.requestFullscreen?.().catch(() => {})
}

document.addEventListener('visibilitychange', stay)
stay()

if (document.documentElement.dataset.theme === 'projector') {
  addEventListener('keydown', ({ code, ctrlKey, metaKey, altKey, target }) => {
    if (code === 'KeyF' && !ctrlKey && !metaKey && !altKey && !target.closest?.('input, textarea')) grow()
  })
  addEventListener('dblclick', ({ target }) => target.closest?.('a, button, input') || grow())
}
