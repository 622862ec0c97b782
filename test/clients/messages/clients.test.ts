import { describeTrials, prepareTrials } from '../trials.js'
import { messagesClients } from './suite.js'

describeTrials(prepareTrials(messagesClients))
