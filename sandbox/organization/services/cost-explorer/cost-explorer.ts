import * as z from 'zod';

import { lackOf, partitionNamed } from '../../../../functions/domain/places/partitions';
import { ConnectionLostError, type ServiceError } from '../../service-error';
import { awsJson } from '../../wire/aws-json';
import { type CallContext, operation, operationsByName, type Service } from '../operation';
import { CostAndUsageInput, getCostAndUsage } from './cost-and-usage';
import { invalid } from './time-period';
import {
  getReservationUtilization,
  getReservationDimension,
  getSavingsPlansUtilizationDetails,
  ReservationUtilizationInput,
  ReservationDimensionInput,
  SavingsPlansDetailsInput,
} from './utilization';

const refuse = (error: z.ZodError): ServiceError => invalid(z.prettifyError(error));

/**
 * @evidence documented govcloud-us/UserGuide/govcloud-differences: usage of GovCloud is billed to, and shown in, the
 *   associated standard account alone
 * @evidence documented "botocore endpoints.json": ce has no endpoint in aws-us-gov; that a call there finds no host is
 *   our reading
 */
function checkThere({ state, region }: CallContext): void {
  if (lackOf('costExplorer', partitionNamed(state.seed.partition), region) === undefined) return;
  throw new ConnectionLostError('Cost Explorer has no host in this partition.');
}

/** Cost Explorer over generated costs: what every account has used on every day, and what was bought in advance. */
export const costExplorer: Service = {
  signingName: 'ce',
  actionPrefix: 'ce',
  protocol: awsJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence example "examples of AWS, ce:GetCostAndUsage": GetCostAndUsage answers GroupDefinitions and
      //   ResultsByTime; DimensionValueAttributes, which no example has, is in the description of its answer
      name: 'GetCostAndUsage',
      write: false,
      input: CostAndUsageInput,
      answer: getCostAndUsage,
    }),
    operation(refuse, {
      // @evidence documented "botocore ce.GetReservationUtilization": GetReservationUtilization answers
      //   UtilizationsByTime and Total
      name: 'GetReservationUtilization',
      write: false,
      input: ReservationUtilizationInput,
      answer: getReservationUtilization,
    }),
    operation(refuse, {
      // @evidence documented "botocore ce.GetSavingsPlansUtilizationDetails": GetSavingsPlansUtilizationDetails answers
      //   SavingsPlansUtilizationDetails and TimePeriod
      name: 'GetSavingsPlansUtilizationDetails',
      write: false,
      input: SavingsPlansDetailsInput,
      answer: getSavingsPlansUtilizationDetails,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, ce:GetDimensionValues": GetDimensionValues answers DimensionValues,
      //   ReturnSize and TotalSize
      name: 'GetDimensionValues',
      write: false,
      input: ReservationDimensionInput,
      answer: getReservationDimension,
    }),
  ]),
  admit: checkThere,
};
