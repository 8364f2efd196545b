((glue, wasm) => {
  const rest = window.requestIdleCallback ?? setTimeout
  // Between two steps a finger is heard.
  const pause = () => new Promise((next) => setTimeout(next))
  rest(async () => {
    const live = await import(glue)
    await live.default({ module_or_path: wasm })
    await pause()
    live.hydrate()
    for (const island of document.querySelectorAll('leptos-island')) {
      await pause()
      live[island.dataset.component](island)
    }
  })
})
