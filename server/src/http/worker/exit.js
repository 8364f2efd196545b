// Leaves a page at once and takes it out of the history. Without this script the link is an ordinary link.

for (const link of document.querySelectorAll('a.exit')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    // Covered before anything is asked of the network: a slow hall must not leave it in sight.
    document.title = '…'
    document.body.replaceChildren()
    location.replace(link.href)
  })
}
