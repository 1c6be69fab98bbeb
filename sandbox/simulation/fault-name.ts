/** They can only happen where events of AWS are forwarded: a simulation with any of them is of such an installation. */
const AWS_EVENT_FAULTS = {
  'lost-aws-events': 'not in all: AWS, which tells of ends here, tells nothing',
  'late-aws-events': 'not in all: it tells up to an hour late',
  'duplicate-aws-events': 'not in all: it tells twice',
} as const;

/**
 * Everything that can go wrong in a simulation, by the name under which `--faults` chooses it. What is not chosen goes
 * well, and takes as long as AWS says.
 */
export const FAULTS = {
  throttles: 'AWS turns calls away as too fast',
  errors: 'AWS answers with a fault of its own (5xx)',
  'lost-responses': 'AWS does what it was asked, and the answer never arrives',
  'connection-resets': 'the connection breaks before AWS has seen the call',
  'stale-reads': 'lists of Organizations show a new account minutes later',
  'slow-access': 'the access role of a new account cannot be assumed for up to seven minutes',
  'stack-set-busy': 'somebody else works on a stack set',
  'stack-instance-failures': 'CloudFormation fails to deploy a stack instance',
  'factory-busy': "somebody else takes up to four of Control Tower's five places",
  'factory-tainted': 'a provisioned product is found tainted after it was made',
  'factory-failed': 'Control Tower fails to enroll or to update an account',
  'foreign-products': 'accounts have stale products, two of them, those of other people, or are governed without one',
  'creation-failures': 'a request for an account ends with a failure reason',
  namesakes: 'somebody else makes an account of the same name at the same time',
  'taken-names': 'a tenant renders to the alias of another one, until its sender corrects it',
  'duplicate-events': 'an event comes two or three times, the last time long after the first',
  'reordered-events': 'an older desired state comes after a newer one',
  'late-status-events': 'Step Functions reports up to half an hour late that an execution has ended',
  'lost-status-events': 'Step Functions never reports that an execution has ended',
  'aborted-executions': 'somebody stops a running execution',
  'holder-dies': 'the execution of somebody who holds a turn in a lane is stopped',
  'operator-away': 'nobody handles failed runs, for up to eight hours from the beginning',
  approvals: 'landing zones ask for an approval, which comes late, twice or not in time, or is refused',
  'old-run-redriven': 'somebody redrives an execution that has failed, whatever has happened since',
  ...AWS_EVENT_FAULTS,
} as const;

export type FaultName = keyof typeof FAULTS;

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

/** In an installation as it is without options. */
export const allFaults = (): ReadonlySet<FaultName> =>
  new Set(
    Object.keys(FAULTS)
      .filter(isFaultName)
      .filter((name) => !(name in AWS_EVENT_FAULTS)),
  );

export const awsEventFaults = (): ReadonlySet<FaultName> => new Set(Object.keys(AWS_EVENT_FAULTS).filter(isFaultName));
