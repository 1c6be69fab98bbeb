import * as z from 'zod';
import { drawLowerCase } from '../../draw';
import { principalArn } from '../../principal';
import { operation, type CallContext, type Operation } from '../operation';
import { enrollmentRights, unmanagementRights } from './account-factory-rights';
import {
  ACCOUNT_FACTORY_PARAMETERS,
  type AccountFactory,
  type Parameters,
  ParametersSchema,
  type ProductRecord,
  type ProvisionedProduct,
} from './account-factory-state';
import { checkCapacity, startOperation } from './account-operation';
import { findProduct, findProductOrNull } from './find-product';
import { findAccountFactory, launchPathsOf } from './product-access';
import { levelConditions } from './product-access-level';
import { recordShape } from './product-shapes';
import { invalidParameters, refuseInput, resourceNotFound } from './service-catalog-errors';
import { id, productName, token } from './service-catalog-input';
import { arnIn } from '../../arn';
import { isSameAddress } from '../../same-address';

const parameter = z.object({ Key: z.string().min(1).max(1000), Value: z.string().max(4096).optional() });

const provisionInput = z.object({
  ProductId: id.optional(),
  ProductName: z.string().optional(),
  ProvisioningArtifactId: id.optional(),
  ProvisioningArtifactName: z.string().optional(),
  PathId: id.optional(),
  PathName: z.string().optional(),
  ProvisionedProductName: productName,
  ProvisioningParameters: z.array(parameter).default([]),
  ProvisionToken: token,
});

const updateInput = provisionInput
  .omit({ ProvisionedProductName: true, ProvisionToken: true, ProvisioningParameters: true })
  .extend({
    ProvisionedProductId: id.optional(),
    ProvisionedProductName: productName.optional(),
    ProvisioningParameters: z.array(parameter.extend({ UsePreviousValue: z.boolean().optional() })).default([]),
    UpdateToken: token,
  });

const terminateInput = z.object({
  ProvisionedProductId: id.optional(),
  ProvisionedProductName: productName.optional(),
  TerminateToken: token,
  IgnoreErrors: z.boolean().optional(),
});

function provision(context: CallContext, input: z.infer<typeof provisionInput>): object {
  const factory = findAccountFactory(context);
  checkProduct(factory, input.ProductId ?? input.ProductName);
  const request = JSON.stringify(input);
  const repeated = findRepeated(factory, 'PROVISION_PRODUCT', input.ProvisionToken, request);
  if (repeated !== undefined) {
    return { RecordDetail: recordShape(factory, repeated) };
  }
  const pathId = choosePath(context, factory, input);
  const artifactId = chooseArtifact(factory, input, { isNew: true });
  const parameters = readParameters(input.ProvisioningParameters);
  if ([...factory.provisionedProducts.values()].some(({ name }) => name === input.ProvisionedProductName)) {
    // @evidence documented controltower/userguide/troubleshooting: InvalidParametersException, "A stack named ...
    //   already exists.", where a product of the name was not deleted before
    throw invalidParameters(`A stack named ${input.ProvisionedProductName} already exists.`);
  }
  checkCapacity(context, factory, 'PROVISION_PRODUCT');
  const product = makeProduct(context, input.ProvisionedProductName, artifactId, parameters);
  factory.provisionedProducts.set(product.id, product);
  const type = 'PROVISION_PRODUCT';
  const token = input.ProvisionToken;
  const record = startOperation(context, factory, product, { type, token, request, artifactId, pathId, parameters });
  return { RecordDetail: recordShape(factory, record) };
}

function update(context: CallContext, input: z.infer<typeof updateInput>): object {
  const factory = findAccountFactory(context);
  const product = findProduct(factory, input);
  const request = JSON.stringify(input);
  const repeated = findRepeated(factory, 'UPDATE_PROVISIONED_PRODUCT', input.UpdateToken, request);
  if (repeated !== undefined) {
    return { RecordDetail: recordShape(factory, repeated) };
  }
  checkNotUnderChange(product);
  const pathId = choosePath(context, factory, input);
  const isArtifactNamed = input.ProvisioningArtifactId !== undefined || input.ProvisioningArtifactName !== undefined;
  const artifactId = isArtifactNamed ? chooseArtifact(factory, input) : product.artifactId;
  const parameters = readParameters(input.ProvisioningParameters, product.parameters);
  if (!isSameAddress(parameters.AccountEmail, product.parameters.AccountEmail)) {
    // @evidence documented controltower/userguide/change-account-email: an update takes the old address as
    //   AccountEmail, even where the account has a new one; that any other is an InvalidParametersException is ours
    throw invalidParameters('AccountEmail cannot be changed by an update.');
  }
  checkCapacity(context, factory, 'UPDATE_PROVISIONED_PRODUCT');
  const type = 'UPDATE_PROVISIONED_PRODUCT';
  const token = input.UpdateToken;
  const record = startOperation(context, factory, product, { type, token, request, artifactId, pathId, parameters });
  return { RecordDetail: recordShape(factory, record) };
}

function terminate(context: CallContext, input: z.infer<typeof terminateInput>): object {
  const factory = findAccountFactory(context);
  // @evidence documented "botocore servicecatalog.TerminateProvisionedProduct TerminateToken": it is good while the
  //   product is being terminated; after that, ResourceNotFound
  const product = findProduct(factory, input);
  const request = JSON.stringify(input);
  const repeated = findRepeated(factory, 'TERMINATE_PROVISIONED_PRODUCT', input.TerminateToken, request);
  if (repeated !== undefined) {
    return { RecordDetail: recordShape(factory, repeated) };
  }
  checkNotUnderChange(product);
  checkCapacity(context, factory, 'TERMINATE_PROVISIONED_PRODUCT');
  const { artifactId, parameters } = product;
  const type = 'TERMINATE_PROVISIONED_PRODUCT';
  const token = input.TerminateToken;
  const [pathId = ''] = factory.seed.launchPaths.map((path) => path.id);
  const record = startOperation(context, factory, product, { type, token, request, artifactId, pathId, parameters });
  return { RecordDetail: recordShape(factory, record) };
}

function checkProduct({ seed }: AccountFactory, named: string | undefined): void {
  if (named === undefined) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct ProductId": "You must provide the name or ID";
    //   InvalidParametersException is the error of the operation for a parameter that is not valid
    throw invalidParameters('Give the product by ProductId or ProductName.');
  }
  // @evidence documented "botocore servicecatalog.ProvisionProduct": ResourceNotFoundException for a product that is
  //   not found
  if (named !== seed.productId && named !== seed.productName) throw resourceNotFound('The product was not found.');
}

/**
 * A token may be sent again with the same request, and answers the same record; with another request it is refused.
 *
 * @evidence documented "botocore servicecatalog.ProvisionedProductDetail IdempotencyToken": a repeated request gets the
 *   same response
 */
function findRepeated(
  factory: AccountFactory,
  type: ProductRecord['type'],
  token: string,
  request: string,
): ProductRecord | undefined {
  const record = [...factory.records.values()].find((one) => `${one.type} ${one.token}` === `${type} ${token}`);
  if (record !== undefined && record.request !== request) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct ProvisionToken": a token identifies one request;
    //   InvalidParametersException is the error of the operation for a parameter that is not valid
    throw invalidParameters(`The idempotency token ${token} was used before with other parameters.`);
  }
  return record;
}

function choosePath(
  context: CallContext,
  factory: AccountFactory,
  { PathId, PathName }: { readonly PathId?: string | undefined; readonly PathName?: string | undefined },
): string {
  const paths = launchPathsOf(context, factory);
  const isUnnamed = PathId === undefined && PathName === undefined;
  if (isUnnamed && paths.length > 1) {
    // @evidence reported "github idealo/terraform-provider-controltower#48": InvalidParametersException, "More than one
    //   launch path ids exist. Please specify the launch path id"
    throw invalidParameters('More than one launch path ids exist. Please specify the launch path id');
  }
  const path = paths.find(({ id: own, name }) => isUnnamed || own === PathId || name === PathName);
  if (path === undefined) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct": ResourceNotFoundException for a path that is not
    //   found
    throw resourceNotFound('The launch path was not found.');
  }
  return path.id;
}

interface ArtifactChoice {
  readonly ProvisioningArtifactId?: string | undefined;
  readonly ProvisioningArtifactName?: string | undefined;
}

/** A deprecated version can be kept by an update but not provisioned again; an inactive one can be neither. */
function chooseArtifact(
  factory: AccountFactory,
  choice: ArtifactChoice,
  { isNew = false }: { readonly isNew?: boolean } = {},
): string {
  const { ProvisioningArtifactId, ProvisioningArtifactName } = choice;
  const artifact = factory.seed.artifacts.find(
    ({ id: own, name }) => own === ProvisioningArtifactId || name === ProvisioningArtifactName,
  );
  if (artifact === undefined) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct": ResourceNotFoundException for an artifact that
    //   is not found
    throw resourceNotFound('The provisioning artifact was not found.');
  }
  if (!artifact.active || (isNew && artifact.guidance === 'DEPRECATED')) {
    // @evidence documented "botocore servicecatalog.UpdateProvisioningArtifact": no new product is made of a deprecated
    //   version, and none of an inactive one; InvalidParametersException is the error for a parameter that is not valid
    throw invalidParameters(`Provisioning artifact ${artifact.id} is deprecated, or not active.`);
  }
  return artifact.id;
}

/** @evidence documented "botocore servicecatalog.UpdateProvisioningParameter": UsePreviousValue keeps the value */
type GivenParameter = z.infer<typeof parameter> & { readonly UsePreviousValue?: boolean | undefined };

function readParameters(given: readonly GivenParameter[], previous: Readonly<Record<string, string>> = {}): Parameters {
  const names: readonly string[] = ACCOUNT_FACTORY_PARAMETERS;
  const unknown = given.filter(({ Key }) => !names.includes(Key)).map(({ Key }) => Key);
  if (unknown.length > 0) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct": InvalidParametersException is the error of the
    //   operation for a parameter that is not valid
    throw invalidParameters(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const parameters: Record<string, string> = { ...previous };
  for (const { Key, Value, UsePreviousValue } of given) {
    parameters[Key] = (UsePreviousValue === true ? previous[Key] : Value) ?? '';
  }
  const missing = names.filter((name) => (parameters[name] ?? '') === '');
  if (missing.length > 0) {
    // @evidence documented "botocore servicecatalog.ProvisionProduct": InvalidParametersException is the error of the
    //   operation for a parameter that is not valid
    throw invalidParameters(`Parameters: [${missing.join(', ')}] must have values`);
  }
  return ParametersSchema.parse(parameters);
}

function checkNotUnderChange({ id: own, status }: ProvisionedProduct): void {
  if (status === 'UNDER_CHANGE') {
    // @evidence documented "botocore servicecatalog.ProvisionedProductDetail Status": UNDER_CHANGE: "Wait for an
    //   AVAILABLE status before performing operations"; that InvalidParametersException refuses one is our reading
    throw invalidParameters(`The provisioned product ${own} is under change.`);
  }
}

function makeProduct(
  { state, now, region, principal }: CallContext,
  name: string,
  artifactId: string,
  parameters: Parameters,
): ProvisionedProduct {
  const own = `pp-${drawLowerCase(state.random, 13)}`;
  return {
    id: own,
    name,
    arn: arnIn(state.seed, `servicecatalog:${region}:${state.seed.managementAccountId}:stack/${name}/${own}`),
    createdAt: now,
    roleArn: principalArn(principal),
    sessionArn: principal.arn,
    artifactId,
    parameters,
    status: 'UNDER_CHANGE',
    statusMessage: null,
    physicalId: null,
    idempotencyToken: '',
    lastRecordId: '',
    lastProvisioningRecordId: '',
    lastSuccessfulProvisioningRecordId: null,
  };
}

const productArn = ({ state, region }: CallContext, productId: string | undefined): string =>
  arnIn(state.seed, `catalog:${region}:${state.seed.managementAccountId}:product/${productId ?? '*'}`);

export const provisioningOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence example "examples of AWS, servicecatalog:ProvisionProduct": ProvisionProduct answers RecordDetail
    name: 'ProvisionProduct',
    write: true,
    input: provisionInput,
    targets: (context, input) => [{ resource: productArn(context, input.ProductId) }, ...enrollmentRights],
    answer: provision,
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.UpdateProvisionedProduct": UpdateProvisionedProduct answers
    //   RecordDetail
    name: 'UpdateProvisionedProduct',
    write: true,
    input: updateInput,
    targets: (context, input) => [
      { resource: '*', conditions: levelConditions(context, findProductOrNull(context.state.accountFactory, input)) },
      ...enrollmentRights,
    ],
    answer: update,
  }),
  operation(refuseInput, {
    // @evidence documented "botocore servicecatalog.TerminateProvisionedProduct": TerminateProvisionedProduct answers
    //   RecordDetail
    name: 'TerminateProvisionedProduct',
    write: true,
    input: terminateInput,
    targets: (context, input) => [
      { resource: '*', conditions: levelConditions(context, findProductOrNull(context.state.accountFactory, input)) },
      ...unmanagementRights,
    ],
    answer: terminate,
  }),
];
