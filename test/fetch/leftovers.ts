// Run by faults.test.ts in a process of its own, which must end by itself with nothing left.
import { conformFetch } from '../../src/index.js'
import { answers, streaming } from './answers.js'
import { answering, startMisbehavingGateway } from './gateway.js'

process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason)
  process.exit(1)
})

const gateway = await startMisbehavingGateway()
const fetch = conformFetch({ timeouts: { headers: 60_000, idle: 50, total: 60_000 }, heartbeat: 20 })
for (const { path, stream, begun } of answers) {
  const whole = gateway.route(answering(stream('hi')))
  const stalled = gateway.route((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(begun('hel'))
  })
  const reset = gateway.route((response) => response.socket?.resetAndDestroy())
  const failed = gateway.route(answering('no', {}, 500))
  await (await fetch(whole + path, streaming())).text()
  await (await fetch(stalled + path, streaming())).text()
  await (await fetch(failed + path, streaming())).text()
  await fetch(reset + path, streaming()).catch(() => {})
  const left = (await fetch(stalled + path, streaming())).body?.getReader()
  await left?.read()
  await left?.cancel()
  // Nobody reads this one.
  await fetch(whole + path, streaming())
}
await gateway.close()
const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout')
console.log(timers.length === 0 ? 'no timer, no handle' : `left: ${timers.join(' ')}`)
