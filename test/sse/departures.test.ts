import { departuresSuite } from './departures-suite.js'

departuresSuite('eventsource-parser 3')
