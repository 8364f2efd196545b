// A web worker: compiles the page's wasm module, posts it to the page, and ends.
onmessage = async ({ data }) => {
  postMessage(await WebAssembly.compileStreaming(fetch(data)).catch(() => null))
  close()
}
