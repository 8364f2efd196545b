((glue, wasm) => {
  const rest = window.requestIdleCallback ?? setTimeout
  rest(async () => {
    const live = await import(glue)
    await live.default({ module_or_path: wasm })
    live.hydrate()
    for (const island of document.querySelectorAll('leptos-island')) live[island.dataset.component](island)
  })
})
