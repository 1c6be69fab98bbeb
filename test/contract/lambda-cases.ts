import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import type { ContractCase } from './contract-case';

/** moto runs functions in containers, so what a function answers is checked by vectors of the model's own tests. */
export const lambdaCases: readonly ContractCase[] = [
  {
    operation: 'lambda:Invoke',
    case: 'error: an unknown function',
    run: ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: 'unknown', Payload: Buffer.from('{}') })),
  },
  {
    operation: 'lambda:GetFunctionConfiguration',
    case: 'error: an unknown function',
    run: ({ lambda }) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'unknown' })),
  },
];
