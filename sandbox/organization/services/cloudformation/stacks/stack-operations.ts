import * as z from 'zod';
import { operation, type Operation } from '../../operation';
import { refuseQueryInput, validationError } from '../../query-input';
import { findStack, findStackOrNull, presentStacks, stackTarget } from './find-stack';
import { eventShapes, resourceShapes, stackShape, summaryShape } from './stack-shapes';
import type { Deployed } from './stack-state';
import { deleteStack } from './stack-work';

const named = z.object({ StackName: z.string().min(1) });

/** Of a stack for which no change set has been carried out. */
const NOTHING: Pick<Deployed, 'template'> = { template: '' };

export const stackOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStacks": DescribeStacks answers Stacks
    name: 'DescribeStacks',
    write: false,
    input: named.partial(),
    targets: (context, { StackName = '*' }) => stackTarget(context, { StackName }),
    answer: (context, { StackName }) => {
      const stacks = StackName === undefined ? presentStacks(context) : [findStack(context, StackName)];
      return { Stacks: stacks.map((stack) => stackShape(context, stack)) };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStackEvents": DescribeStackEvents answers StackEvents
    name: 'DescribeStackEvents',
    write: false,
    input: named,
    targets: stackTarget,
    answer: (context, { StackName }) => {
      const stack = findStackOrNull(context, StackName);
      // @evidence recorded "localstack cloudformation/api/test_stacks test_describe_stack_events_errors, 2024-03-26":
      //   ValidationError, "Stack [<name>] does not exist"
      if (stack === undefined) throw validationError(`Stack [${StackName}] does not exist`);
      return { StackEvents: eventShapes(stack) };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DescribeStackResources": DescribeStackResources answers
    //   StackResources
    name: 'DescribeStackResources',
    write: false,
    input: named,
    targets: stackTarget,
    answer: (context, { StackName }) => ({ StackResources: resourceShapes(findStack(context, StackName)) }),
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.GetTemplate": GetTemplate answers TemplateBody and StagesAvailable
    name: 'GetTemplate',
    write: false,
    input: named,
    targets: stackTarget,
    answer: (context, { StackName }) => {
      const { template } = findStack(context, StackName).deployed ?? NOTHING;
      return { TemplateBody: template, StagesAvailable: ['Original', 'Processed'] };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.GetTemplateSummary": GetTemplateSummary answers Parameters and
    //   ResourceTypes
    name: 'GetTemplateSummary',
    write: false,
    input: named,
    targets: stackTarget,
    answer: (context, { StackName }) => {
      const { deployed } = findStack(context, StackName);
      // @evidence recorded "localstack cloudformation/api/test_templates
      //   test_get_template_summary_non_executed_change_set, 2025-09-10": ValidationError, "GetTemplateSummary cannot
      //   be called on REVIEW_IN_PROGRESS stacks."
      if (deployed === null) throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
      return summaryShape(deployed);
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore cloudformation.DeleteStack": DeleteStack answers nothing
    name: 'DeleteStack',
    write: true,
    input: named,
    targets: stackTarget,
    answer: (context, { StackName }) => {
      const stack = findStackOrNull(context, StackName);
      // @evidence documented "botocore cloudformation.DeleteStack": deleted stacks do not show up in DescribeStacks,
      //   and TokenAlreadyExistsException is the only error of the call
      if (stack !== undefined && stack.status !== 'DELETE_COMPLETE') deleteStack(context, stack);
      return {};
    },
  }),
];
