import { controlTowerLandingZone } from '../../aws/control-tower/control-tower-landing-zone';
import { serviceCatalogAccountFactory } from '../../aws/service-catalog/service-catalog-account-factory';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import type { Host } from '../../runtime/host';
import { laneQueueOf, laneTurnsOf, type TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { awaitEnrollmentTurn } from './step';

export const compose = (host: Host, edges: TurnEdges): FunctionHandler<StepResult> =>
  stepHandler('AwaitEnrollmentTurn', host, (caller, task) =>
    awaitEnrollmentTurn({
      queue: laneQueueOf(host, edges, task),
      turns: laneTurnsOf(host, edges, task.reference.tenantUuid),
      factory: serviceCatalogAccountFactory(caller, task.plan.enrollment?.region),
      controlTower: controlTowerLandingZone(caller, task.plan.enrollment?.region),
    }),
  );

export const handler = onLambda((host) => compose(host, { turns: stepFunctionsTaskTokens(host.aws) }));
