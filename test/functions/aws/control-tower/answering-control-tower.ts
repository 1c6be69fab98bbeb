import { controlTowerLandingZone } from '../../../../functions/aws/control-tower/control-tower-landing-zone';
import { controlTowerBaselines } from '../../../../functions/aws/control-tower/control-tower-baselines';
import type { ControlTower, FleetBaselines } from '../../../../functions/ports/control-tower';
import type { CannedAnswer } from '../../../fakes/canned-request-handler';
import { cannedCaller } from '../organization-world';

export const REGION = 'eu-central-1';
export const LANDING_ZONE = `arn:aws:controltower:${REGION}:222222222222:landingzone/1A2B3C4D`;
export const [UNIT, ACCOUNT] = [
  'arn:aws:organizations::222222222222:ou/o-1/ou-1',
  'arn:aws:organizations::2:account/o-1/4',
];
export const NAMES = {
  baselines: [
    { arn: 'b-tower', name: 'AWSControlTowerBaseline' },
    { arn: 'b-config', name: 'ConfigBaseline' },
    { arn: 'b-backup', name: 'BackupBaseline' },
  ],
};

export const enabledOn = (targetIdentifier: string, changes: object = {}): object => ({
  arn: `enabled/${targetIdentifier}`,
  baselineIdentifier: 'b-tower',
  targetIdentifier,
  statusSummary: {},
  ...changes,
});

const isError = (one: object): one is CannedAnswer => 'body' in one;

/** Control Tower with the answers of a test. */
export function answering(...answers: readonly object[]): {
  readonly tower: ControlTower;
  readonly fleet: FleetBaselines;
  readonly asked: () => readonly (readonly unknown[])[];
} {
  const { handler, session } = cannedCaller(...answers.map((one) => (isError(one) ? one : { body: one })));
  return {
    tower: controlTowerLandingZone(session, REGION),
    fleet: controlTowerBaselines(session, REGION),
    asked: () => handler.requests.map(({ path, body }) => [path, body]),
  };
}
