// Compiles what makes a page live, and goes.
onmessage = async ({ data }) => {
  postMessage(await WebAssembly.compileStreaming(fetch(data)).catch(() => null))
  close()
}
