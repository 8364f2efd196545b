// A venue's network, between a device and the server.

import http from 'node:http'

/** It can be cut, it can pretend that another build is served, and it can let nothing through that makes a page live. */
export async function venue(origin) {
  const { hostname, port } = new URL(origin)
  const sockets = new Set()
  let cut = false
  let build = null
  let bare = false
  const server = http.createServer((request, answer) => {
    if (bare && request.url.startsWith('/pkg/') && request.url.endsWith('.js')) return answer.writeHead(404).end()
    const headers = { ...request.headers, host: `${hostname}:${port}`, 'accept-encoding': 'identity' }
    if (headers.origin) headers.origin = origin
    const far = http.request({ hostname, port, path: request.url, method: request.method, headers }, (found) => {
      const rewritten = request.url === '/sw.js' && build
      if (rewritten) delete found.headers['content-length']
      answer.writeHead(found.statusCode, found.headers)
      if (!rewritten) return found.pipe(answer)
      let text = ''
      found.setEncoding('utf8').on('data', (part) => (text += part))
      found.on('end', () => answer.end(text.replace(/const BUILD = "[^"]*"/, `const BUILD = "${build}"`)))
    })
    far.on('error', () => answer.destroy())
    answer.on('close', () => far.destroy())
    request.pipe(far)
  })
  server.on('connection', (socket) => {
    if (cut) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise((bound) => server.listen(0, hostname, bound))
  const drop = () => sockets.forEach((socket) => socket.destroy())
  return {
    origin: `http://${hostname}:${server.address().port}`,
    cut: () => {
      cut = true
      drop()
    },
    mend: () => (cut = false),
    build: (name) => (build = name),
    bare: (on) => (bare = on),
    close: () => {
      drop()
      server.close()
    },
  }
}
