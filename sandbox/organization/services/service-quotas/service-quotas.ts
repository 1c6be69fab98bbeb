import * as z from 'zod';
import { ServiceError } from '../../service-error';
import { awsJson } from '../../wire/aws-json';
import { operation, operationsByName, type CallContext, type Service } from '../operation';
import { arnIn } from '../../arn';
import { globalRegionOf } from '../../service-events';

const quotaInput = z.object({
  ServiceCode: z.string().min(1).max(63),
  QuotaCode: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[a-zA-Z][a-zA-Z0-9-]{1,128}$/),
});

type QuotaInput = z.infer<typeof quotaInput>;

/** @param accountId none: of a default, which is every account's */
const quotaArn = ({ state, region }: CallContext, { ServiceCode, QuotaCode }: QuotaInput, accountId: string): string =>
  arnIn(state.seed, `servicequotas:${region}:${accountId}:${ServiceCode}/${QuotaCode}`);

/** @evidence documented organizations/userguide/orgs_reference_limits: ten accounts by default, in the global region */
const DEFAULT_ACCOUNTS = 10;

/** "Default maximum number of accounts" of AWS Organizations, which has its quotas in one region of the partition. */
function quotaShape(context: CallContext, input: QuotaInput, Value: number, accountId = ''): object {
  const { state, region } = context;
  if (
    region !== globalRegionOf(state.seed) ||
    input.ServiceCode !== 'organizations' ||
    input.QuotaCode !== 'L-E619E033'
  ) {
    // @evidence documented "botocore service-quotas.GetAWSDefaultServiceQuota": NoSuchResourceException for a quota
    //   that does not exist
    throw noSuchResource();
  }
  return {
    ServiceCode: 'organizations',
    ServiceName: 'AWS Organizations',
    QuotaArn: quotaArn(context, input, accountId),
    QuotaCode: input.QuotaCode,
    QuotaName: 'Default maximum number of accounts',
    Value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: true,
  };
}

const noSuchResource = (): ServiceError =>
  new ServiceError('NoSuchResourceException', 'The request failed because the specified service does not exist.');

/**
 * @evidence documented "botocore service-quotas.GetServiceQuota": some quotas have default values alone; then there is
 *   no applied one
 * @evidence reported "github hashicorp/terraform-provider-aws#10929": GetServiceQuota answers NoSuchResourceException
 *   of a quota in one account, and a value in another
 */
function getServiceQuota(context: CallContext, input: QuotaInput): object {
  const Quota = quotaShape(context, input, context.state.limits.accounts, context.principal.accountId);
  // @evidence documented "botocore service-quotas.GetServiceQuota": NoSuchResourceException is one of its errors, and a
  //   quota without an applied value "is not retrieved"; that these belong together was seen in the thread above
  if (context.state.seed.hasAppliedAccountQuota === false) throw noSuchResource();
  return { Quota };
}

const refuse = (error: z.ZodError): ServiceError =>
  new ServiceError('IllegalArgumentException', z.prettifyError(error));

/** Service Quotas as far as the organization's own one. */
export const serviceQuotas: Service = {
  signingName: 'servicequotas',
  actionPrefix: 'servicequotas',
  protocol: awsJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence documented "botocore service-quotas.GetServiceQuota": GetServiceQuota answers Quota
      name: 'GetServiceQuota',
      write: false,
      input: quotaInput,
      targets: (context, input) => [{ resource: quotaArn(context, input, context.principal.accountId) }],
      answer: getServiceQuota,
    }),
    operation(refuse, {
      // @evidence documented "botocore service-quotas.GetAWSDefaultServiceQuota": GetAWSDefaultServiceQuota answers
      //   Quota
      name: 'GetAWSDefaultServiceQuota',
      write: false,
      input: quotaInput,
      answer: (context, input) => ({ Quota: quotaShape(context, input, DEFAULT_ACCOUNTS) }),
    }),
  ]),
  admit: () => undefined,
};
