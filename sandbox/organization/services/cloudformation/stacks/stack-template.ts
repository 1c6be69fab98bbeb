import * as z from 'zod';
import { type CloudFormationTemplate, TemplateSchema } from '../../../authorization/template-values';
import { validationError } from '../../query-input';
import { insufficientCapabilities } from '../cloudformation-errors';
import type { ServiceError } from '../../../service-error';

/** The types that this model deploys: what the stacks of the management and the automation account are made of. */
const KNOWN_TYPES = [
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::CloudFormation::StackSet',
  'AWS::CodeBuild::Project',
  'AWS::CDK::Metadata',
  // Nothing of these is modelled but that they are there.
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::Logs::LogGroup',
];

/** How long a template may be that is sent along: AWSCloudFormation/latest/APIReference/API_CreateChangeSet. */
const MAX_BYTES = 51_200;

export interface GivenParameter {
  readonly ParameterKey: string;
  readonly ParameterValue?: string | undefined;
  readonly UsePreviousValue?: string | undefined;
}

/**
 * @evidence documented AWSCloudFormation/latest/APIReference/API_CreateChangeSet: TemplateBody has at most 51,200 bytes
 * @throws ServiceError where CloudFormation would refuse the template before it does anything
 */
export function readTemplate(body: string): CloudFormationTemplate {
  if (Buffer.byteLength(body) > MAX_BYTES) {
    // @evidence recorded "localstack cloudformation/test_template_engine test_to_validate_template_limit_for_macro,
    //   2023-01-30": ValidationError, "Member must have length less than or equal to 51200"
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BYTES}`,
    );
  }
  const template = parsed(body);
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const unknown = [...new Set(types)].filter((type) => !KNOWN_TYPES.includes(type));
  if (unknown.length > 0) {
    // @evidence reported "github aws/aws-cli#8032": ValidationError of CreateChangeSet, "Template format error:
    //   Unrecognized resource types: [...]"
    throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
  }
  return template;
}

function parsed(body: string): CloudFormationTemplate {
  try {
    return TemplateSchema.parse(JSON.parse(body));
  } catch {
    throw validationError(
      'Template format error: this model of AWS reads TemplateBody as JSON, not YAML and not by URL.',
    );
  }
}

/**
 * @evidence documented AWSCloudFormation/latest/APIReference/API_CreateChangeSet: IAM resources with names of their own
 *   need CAPABILITY_NAMED_IAM
 * @throws ServiceError InsufficientCapabilitiesException
 */
export function checkCapabilities({ Resources }: CloudFormationTemplate, given: readonly string[]): void {
  const ofIam = Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  const named = ofIam.some(({ Properties }) => 'RoleName' in Properties || 'ManagedPolicyName' in Properties);
  const enough = named ? ['CAPABILITY_NAMED_IAM'] : ['CAPABILITY_NAMED_IAM', 'CAPABILITY_IAM'];
  if (ofIam.length > 0 && !enough.some((one) => given.includes(one))) {
    throw insufficientCapabilities(named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM');
  }
}

/**
 * A value for each parameter that the template declares.
 *
 * @throws ServiceError for one that is not declared, has no value, or a value that the template does not allow
 */
export function parametersOf(
  { Parameters }: CloudFormationTemplate,
  given: readonly GivenParameter[],
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const undeclared = given.map(({ ParameterKey }) => ParameterKey).filter((name) => !(name in Parameters));
  if (undeclared.length > 0) {
    // @evidence reported "github aws-samples/amazon-ec2-image-builder-samples#18": ValidationError of CreateStack,
    //   "Parameters: [...] do not exist in the template"; that CreateChangeSet has the same is our reading
    throw validationError(`Parameters: [${undeclared.join(', ')}] do not exist in the template`);
  }
  const values = Object.entries(Parameters).map(([name, declared]) => {
    const one = given.find(({ ParameterKey }) => ParameterKey === name);
    const kept = one?.UsePreviousValue === 'true' ? before.get(name) : one?.ParameterValue;
    return { name, declared, value: kept ?? z.coerce.string().optional().parse(declared.Default) };
  });
  checkStore(values);
  const missing = values.flatMap(({ name, value }) => (value === undefined ? [name] : []));
  // @evidence recorded "localstack cloudformation/api/test_stacks test_no_parameters_given, 2025-07-31":
  //   ValidationError, "Parameters: [<names>] must have values"
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return new Map(values.map(({ name, declared, value = '' }) => [name, allowed(name, value, declared)]));
}

type Declaration = z.infer<typeof TemplateSchema>['Parameters'][string];

interface Parameter {
  readonly name: string;
  readonly declared: Declaration;
  readonly value: string | undefined;
}

/** No account of this model has a parameter store: nobody has bootstrapped it for the CDK, for example. */
function checkStore(parameters: readonly Parameter[]): void {
  const missing = parameters.find(
    ({ declared, value }) => declared.Type.startsWith('AWS::SSM::Parameter::') && value !== undefined,
  );
  if (missing === undefined) return;
  // @evidence recorded "localstack cloudformation/test_template_engine test_resolve_ssm_missing_parameter, 2025-08-06":
  //   ValidationError, in these words, for a value that names nothing in the store; older reports, such as
  //   awslabs/aws-deployment-framework#659, have "Unable to fetch parameters [...] from parameter store"
  throw validationError(`Parameter ${missing.name} should either have input value or default value`);
}

/**
 * @evidence documented AWSCloudFormation/latest/UserGuide/parameters-section-structure: the pattern must match the
 *   entire value; of a CommaDelimitedList, each one of the list
 */
function allowed(name: string, value: string, declared: Declaration): string {
  const { Type, AllowedPattern = '[^]*', MinLength = 0, MaxLength = Infinity } = declared;
  const pattern = new RegExp(`^(?:${AllowedPattern})$`, 'u');
  const [whole, values] =
    Type === 'CommaDelimitedList'
      ? ([`Each value of parameter '${name}'`, value.split(',').map((one) => one.trim())] as const)
      : ([`Parameter '${name}'`, [value]] as const);
  if (!values.every((one) => pattern.test(one))) {
    // @evidence reported "github aws/aws-connected-device-framework#183": ValidationError of CreateChangeSet,
    //   "Parameter 'Tester' must match pattern ..."
    // @evidence reported "github aws-cloudformation/rain#526": "Each value of parameter 'PolicyArns' must match pattern
    //   ...", of a CommaDelimitedList
    throw unsatisfied(name, `${whole} must match pattern ${AllowedPattern}`, declared);
  }
  const isShort = value.length < MinLength;
  if (isShort || value.length > MaxLength) {
    const bound = isShort ? `at least ${MinLength}` : `at most ${MaxLength}`;
    // @evidence reported "github aws-cloudformation/cloudformation-coverage-roadmap#930": "Parameter 'XYZ' must contain
    //   at least N characters", seen in the console; that it is a ValidationError, as of patterns, and the form for too
    //   many are ours
    throw unsatisfied(name, `Parameter '${name}' must contain ${bound} characters`, declared);
  }
  return value;
}

/**
 * @evidence reported "github buildkite/elastic-ci-stack-for-aws#1227": with a ConstraintDescription, "Parameter
 *   InstanceType failed to satisfy constraint: ..."
 */
const unsatisfied = (name: string, rule: string, { ConstraintDescription }: Declaration): ServiceError =>
  validationError(ConstraintDescription?.replace(/^/u, `Parameter ${name} failed to satisfy constraint: `) ?? rule);
