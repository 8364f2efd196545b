((glue, wasm, compiler) => {
  // First paint. A page in the background, and an old browser, does not report it.
  const seen = new Promise((next) => {
    new PerformanceObserver(next).observe({ type: 'paint', buffered: true })
    setTimeout(next, 3000)
  })
  // Yields to the event loop, so that input is handled.
  const pause = () => new Promise((next) => setTimeout(next))
  // A large module is compiled by a web worker; where that fails, here.
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
