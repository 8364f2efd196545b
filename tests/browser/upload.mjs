// What a file of twenty megabytes costs the server's memory while it comes in, by `make bench`.

import { readFile } from 'node:fs/promises'
import http from 'node:http'

import { Demo } from './support.mjs'

const MEGABYTE = 1024 * 1024
const MOST_KB = 2048
const LOOK_EVERY_MS = 5

const demo = await Demo.start([])
const link = new URL(demo.links.authors)
const { headers } = await ask('GET', link.pathname, {})
const cookie = headers['set-cookie'][0].split(';')[0]
const paper = headers.location.replace('/write', '')
// The first brings in what every file needs.
await bring(MEGABYTE)
const before = await memory()
let most = before
let looking = true
const watching = (async () => {
  while (looking) {
    most = Math.max(most, await memory())
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS))
  }
})()
await bring(20 * MEGABYTE - 200)
looking = false
await watching
await demo.stop()
const grown = most - before
console.log(`a file of 20 MB while it comes in: the server grows by ${grown} kB  (${grown <= MOST_KB ? 'within' : 'OVER'} ${MOST_KB})`)
process.exitCode = grown <= MOST_KB ? 0 : 1

async function memory() {
  const status = await readFile(`/proc/${demo.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1])
}

/** A request, with a body that is written as fast as it is taken. */
function ask(method, path, headers, write) {
  return new Promise((answered, failed) => {
    const request = http.request({ host: link.hostname, port: link.port, method, path, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => answered(answer))
    })
    request.on('error', failed)
    if (write) write(request)
    else request.end()
  })
}

/** Brings a document of so many bytes of nothing. */
async function bring(size) {
  const head = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\n')
  const tail = Buffer.from('\r\n--b--\r\n')
  const about = { cookie, accept: 'application/json', 'content-type': 'multipart/form-data; boundary=b', 'content-length': head.length + size + tail.length }
  const answer = await ask('POST', `${paper}/files`, about, (request) => {
    const piece = Buffer.alloc(MEGABYTE / 4, 0x20)
    let left = size
    const go = () => {
      while (left > 0) {
        const part = Math.min(left, piece.length)
        left -= part
        if (!request.write(piece.subarray(0, part))) return request.once('drain', go)
      }
      request.end(tail)
    }
    request.write(head)
    go()
  })
  if (answer.statusCode !== 200) throw new Error(`the file was answered with ${answer.statusCode}`)
}
