import type { ChangePreview } from '../../../functions/ports/invoked-functions';
import type { LetterQueues } from '../../../functions/ports/letter-queues';
import type {
  PartMessages,
  DeadLetters,
  PassMessages,
  PreflightRequests,
  RunWatch,
} from '../../../functions/ports/queues';
import type { DriftReports, OutcomePublisher } from '../../../functions/ports/outcome-publisher';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import type {
  TaskTokens,
  WorkflowReader,
  WorkflowRedriver,
  WorkflowStarter,
  WorkflowStopper,
} from '../../../functions/ports/workflow';
import type { Invocations } from './invocation';

/** What functions reach, other than AWS accounts. */
export interface FunctionDeps {
  readonly ledger: LedgerStore;
  readonly workflow: WorkflowStarter & WorkflowReader & WorkflowRedriver & WorkflowStopper;
  readonly tokens: TaskTokens;
  readonly outcomes: OutcomePublisher;
  readonly deadLetters: DeadLetters;
  readonly letters: LetterQueues;
  readonly watch: RunWatch;
  readonly preflights: PreflightRequests;
  readonly previews: ChangePreview;
  readonly passes: PassMessages;
  readonly adoptions: PartMessages;
  readonly rollouts: PartMessages;
  readonly reports: DriftReports;
}

/** The same, at each of which a function can be killed. */
export function interruptibleDeps(invocations: Invocations, deps: FunctionDeps): FunctionDeps {
  const {
    ledger,
    workflow,
    tokens,
    outcomes,
    deadLetters,
    letters,
    watch,
    preflights,
    previews,
    passes,
    adoptions,
    rollouts,
    reports,
  } = deps;
  const reading = effects(invocations, false);
  const writing = effects(invocations, true);
  return {
    ledger: {
      read: (keys) => reading('ledger', 'read', () => ledger.read(keys)),
      readPartition: (query) => reading('ledger', 'readPartition', () => ledger.readPartition(query)),
      list: (query) => reading('ledger', 'list', () => ledger.list(query)),
      commit: (writes) => writing('ledger', 'commit', () => ledger.commit(writes)),
    },
    workflow: {
      describe: (executionArn) => reading('workflow', 'describe', () => workflow.describe(executionArn)),
      lastState: (executionArn) => reading('workflow', 'lastState', () => workflow.lastState(executionArn)),
      start: (name, input, which) => writing('workflow', 'start', () => workflow.start(name, input, which)),
      stop: (executionArn, why) => writing('workflow', 'stop', () => workflow.stop(executionArn, why)),
      redrive: (executionArn) => writing('workflow', 'redrive', () => workflow.redrive(executionArn)),
    },
    tokens: {
      succeed: (token, output) => writing('token', 'succeed', () => tokens.succeed(token, output)),
      fail: (token, error) => writing('token', 'fail', () => tokens.fail(token, error)),
    },
    outcomes: { publish: (event) => writing('bus', 'publish', () => outcomes.publish(event)) },
    deadLetters: { send: (letter) => writing('queue', 'sendDeadLetter', () => deadLetters.send(letter)) },
    letters: {
      hiddenIn: (url) => reading('queue', 'countLetters', () => letters.hiddenIn(url)),
      take: (url, seconds) => writing('queue', 'takeLetters', () => letters.take(url, seconds)),
      releaseTurn: (url, taken) => writing('queue', 'releaseLetters', () => letters.releaseTurn(url, taken)),
      send: (url, body) => writing('queue', 'returnLetter', () => letters.send(url, body)),
      remove: (url, letter) => writing('queue', 'removeLetter', () => letters.remove(url, letter)),
    },
    watch: { watch: (watched) => writing('queue', 'sendLook', () => watch.watch(watched)) },
    previews: { preview: (plan) => reading('function', 'preview', () => previews.preview(plan)) },
    preflights: { send: (id) => writing('queue', 'sendPreflight', () => preflights.send(id)) },
    adoptions: { send: (part, seconds) => writing('queue', 'sendAdoption', () => adoptions.send(part, seconds)) },
    rollouts: { send: (part, seconds) => writing('queue', 'sendRollout', () => rollouts.send(part, seconds)) },
    passes: { send: (part, seconds) => writing('queue', 'sendPart', () => passes.send(part, seconds)) },
    reports: { publish: (report) => writing('bus', 'publishReport', () => reports.publish(report)) },
  };
}

type Act = Parameters<Invocations['effect']>[0]['kind'];

function effects(invocations: Invocations, write: boolean) {
  return <Answer>(kind: Act, name: string, act: () => Promise<Answer>): Promise<Answer> =>
    invocations.effect({ kind, name, write }, act);
}
