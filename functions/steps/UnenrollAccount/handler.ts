import { serviceCatalogAccountFactory } from '../../aws/service-catalog-account-factory';
import { ledgerFurnishingMemory } from '../../ledger/furnishing-memory';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stepHandler, type StepResult } from '../../runtime/step-handler';
import { unenrollAccount } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('UnenrollAccount', host, (caller, { tenantUuid, plan }) =>
    unenrollAccount({
      memory: ledgerFurnishingMemory(host.ledger, tenantUuid),
      factory: serviceCatalogAccountFactory(caller, plan.enrollment?.region),
    }),
  );

export const handler = onLambda(compose);
