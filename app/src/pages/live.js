((glue, wasm, compiler) => {
  // When the first picture is on the glass. A page in the background, and an old browser, does not tell.
  const seen = new Promise((next) => {
    new PerformanceObserver(next).observe({ type: 'paint', buffered: true })
    setTimeout(next, 3000)
  })
  // Between two steps a finger is heard.
  const pause = () => new Promise((next) => setTimeout(next))
  // A large one is read beside the page; where that fails, by the page.
  const beside = () => new Promise((next) => {
    const worker = new Worker(compiler)
    const done = ({ data }) => next(data || fetch(wasm))
    worker.onmessage = worker.onerror = done
    worker.postMessage(wasm)
  })
  seen.then(async () => {
    const code = compiler ? beside().catch(() => fetch(wasm)) : fetch(wasm)
    const live = await import(glue)
    await live.default({ module_or_path: code })
    await pause()
    live.hydrate()
    for (const island of document.querySelectorAll('leptos-island')) {
      await pause()
      live[island.dataset.component](island)
    }
  })
})
