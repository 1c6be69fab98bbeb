import * as z from 'zod';
import { operation, type CallContext, type Operation } from '../operation';
import type { ProductRecord } from './account-factory-state';
import { accountFactoryHere, findAccountFactory } from './product-access';
import { isVisible, levelConditions } from './product-access-level';
import { pageOf } from './product-paging';
import { recordShape } from './product-shapes';
import { invalidParameters, refuseInput, resourceNotFound } from './service-catalog-errors';
import { accessLevel, id, smallPage } from './service-catalog-input';

const historyInput = z.object({
  AccessLevelFilter: accessLevel,
  SearchFilter: z.object({ Key: z.string(), Value: z.string() }).optional(),
  ...smallPage,
});

type HistoryInput = z.infer<typeof historyInput>;

/**
 * Newest first. Unlike a search for products, the history shows only the caller's own records where nothing is said.
 */
function listHistory(context: CallContext, input: HistoryInput): object {
  const factory = accountFactoryHere(context);
  if (factory === null) {
    return { RecordDetails: [] };
  }
  const found = [...factory.records.values()]
    .filter((record) => isVisible(context, input.AccessLevelFilter, 'User', record))
    .filter((record) => isSearched(input.SearchFilter, record))
    .reverse();
  const paged = pageOf(found, input);
  return { RecordDetails: paged.items.map((record) => recordShape(factory, record)), ...paged.rest };
}

function isSearched(filter: HistoryInput['SearchFilter'], record: ProductRecord): boolean {
  if (filter === undefined || filter.Key === 'product') {
    return true;
  }
  if (filter.Key !== 'provisionedproduct') {
    // @evidence documented "botocore servicecatalog.ListRecordHistory, ListRecordHistorySearchFilter Key": its keys are
    //   product and provisionedproduct; InvalidParametersException is the error of the operation for a parameter that
    //   is not valid
    throw invalidParameters(`The history cannot be searched by ${filter.Key}.`);
  }
  return filter.Value === record.provisionedProductId;
}

export const recordOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.DescribeRecord": DescribeRecord answers RecordDetail and
    //   RecordOutputs
    name: 'DescribeRecord',
    write: false,
    input: z.object({ Id: id, ...smallPage }),
    targets: (context, input) => {
      const record = context.state.controlTower.accountOperations.get(input.Id);
      return [{ resource: '*', conditions: levelConditions(context, record) }];
    },
    answer: (context, input) => {
      const factory = findAccountFactory(context);
      const record = factory.records.get(input.Id);
      if (record === undefined) {
        // @evidence documented "botocore servicecatalog.DescribeRecord": ResourceNotFoundException for an id that no
        //   record has
        throw resourceNotFound(`Record ${input.Id} not found.`);
      }
      const paged = pageOf(record.outputs, input);
      const outputs = paged.items.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      return { RecordDetail: recordShape(factory, record), RecordOutputs: outputs, ...paged.rest };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.ListRecordHistory": ListRecordHistory answers RecordDetails
    name: 'ListRecordHistory',
    write: false,
    input: historyInput,
    answer: listHistory,
  }),
];
