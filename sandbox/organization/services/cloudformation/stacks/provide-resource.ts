import * as z from 'zod';
import type { ManagedPolicy, Role } from '../../../organization-state';
import { isPolicyOf, makeManagedPolicy } from '../../iam/managed-policy';
import { makeRole } from '../../iam/make-role';
import { isSameName, ownAccount, propagatedAt, replaced, roleCalledLike } from '../../iam/own-account';
import type { CallContext } from '../../operation';
import type { StackResource } from './stack-state';
import { provideProject, removeProject } from '../../codebuild/provide-project';
import { removeStackSet, stackSetIn } from './provide-stack-set';
import { handlerMessage, nameOf, type WantedResource } from './wanted-resources';

/** A resource could not be made; the message is that of its event. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
}

/** Takes back what was done. */
export type Undo = () => void;

/**
 * Makes a resource, or changes the one that the stack has.
 *
 * @throws ResourceFailure
 */
export function provideResource(context: CallContext, wanted: WantedResource, before: StackResource | undefined): Undo {
  const known = before?.physicalId === wanted.physicalId;
  switch (wanted.type) {
    case 'AWS::IAM::Role':
      return provideRole(context, wanted, known);
    case 'AWS::IAM::ManagedPolicy':
      return providePolicy(context, wanted, known);
    case 'AWS::CloudFormation::StackSet':
      return provideStackSet(context, wanted, known);
    case 'AWS::CodeBuild::Project':
      return provideBuildProject(context, wanted, known);
    default:
      return () => undefined;
  }
}

function provideBuildProject(context: CallContext, wanted: WantedResource, known: boolean): Undo {
  const undo = provideProject(context, wanted.properties, known);
  // @evidence documented "botocore codebuild.CreateProject": ResourceAlreadyExistsException for a name that is taken
  if (undo === undefined) throw alreadyExists(context, wanted);
  return undo;
}

function provideStackSet(context: CallContext, wanted: WantedResource, known: boolean): Undo {
  const { name, isTaken, provide } = stackSetIn(context, wanted, known);
  // @evidence documented "botocore cloudformation.CreateStackSet": NameAlreadyExistsException for a name that is taken
  if (isTaken) throw alreadyExists(context, { ...wanted, physicalId: name });
  const done = provide();
  // @evidence reported "github aws-cloudformation/aws-cloudformation-resource-providers-cloudformation#6": the handler
  //   answers a template that cannot be used with an invalid request, a ResourceFailure
  if (typeof done === 'string') throw new ResourceFailure(handlerMessage(context, done, 'InvalidRequest'));
  return done;
}

/**
 * Deletes a resource; one that is gone already is fine.
 *
 * @returns whether it is gone
 */
export function removeResource(context: CallContext, { type, physicalId }: StackResource): boolean {
  const { roles, policies } = ownAccount(context);
  switch (type) {
    case 'AWS::CloudFormation::StackSet':
      return removeStackSet(context, physicalId);
    case 'AWS::CodeBuild::Project':
      removeProject(context, physicalId);
      return true;
    case 'AWS::IAM::Role':
      roles.delete(physicalId);
      return true;
    case 'AWS::IAM::ManagedPolicy':
      policies.delete(physicalId);
      return true;
    default:
      return true;
  }
}

const document = z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value));
const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).default([]);

const roleProperties = z.object({
  Path: z.string().default('/'),
  Description: z.string().optional(),
  MaxSessionDuration: z.coerce.number().optional(),
  PermissionsBoundary: z.string().optional(),
  AssumeRolePolicyDocument: document,
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Tags: tags,
});

function provideRole(context: CallContext, wanted: WantedResource, known: boolean): Undo {
  const { roles } = ownAccount(context);
  const name = wanted.physicalId;
  const present = roles.get(name);
  // @evidence reported "github awslabs/stable-diffusion-aws-extension#233": "already exists" for a role that is there
  if (!known && roleCalledLike(ownAccount(context), name) !== undefined) throw alreadyExists(context, wanted);
  roles.set(name, roleOf(context, name, roleProperties.parse(wanted.properties), present));
  return () => {
    if (present === undefined) roles.delete(name);
    else roles.set(name, present);
  };
}

function roleOf(
  context: CallContext,
  name: string,
  properties: z.infer<typeof roleProperties>,
  present: Role | undefined,
): Role {
  const { state, principal, now } = context;
  const made = makeRole(state, {
    accountId: principal.accountId,
    name,
    path: properties.Path,
    createdAt: now,
    effectiveAt: propagatedAt(context),
    trust: properties.AssumeRolePolicyDocument,
    tags: properties.Tags.map(({ Key, Value }) => [Key, Value]),
    description: properties.Description,
    maxSessionSeconds: properties.MaxSessionDuration,
    boundary: properties.PermissionsBoundary,
  });
  const attached = properties.ManagedPolicyArns.map((arn) => [arn, attachment(context, arn, present)] as const);
  const inline = properties.Policies.map(
    ({ PolicyName, PolicyDocument }) =>
      [PolicyName, replaced(context, present?.inline.get(PolicyName), PolicyDocument)] as const,
  );
  const policies = { attached: new Map(attached), inline: new Map(inline) };
  if (present === undefined) return { ...made, ...policies };
  const { id, createdAt } = present;
  return { ...made, ...policies, id, createdAt, trust: replaced(context, present.trust, made.trust.document) };
}

function attachment(context: CallContext, arn: string, present: Role | undefined) {
  if (!isPolicyOf(context.state, context.principal.accountId, arn)) {
    const message = `Policy ${arn} does not exist or is not attachable.`;
    // @evidence documented "botocore iam.AttachRolePolicy": NoSuchEntity for what does not exist; ResourceFailure, that
    //   the resource fails by it and in these words, is our reading
    throw new ResourceFailure(handlerMessage(context, message, 'NotFound'));
  }
  return present?.attached.get(arn) ?? { name: arn.replace(/^.*\//u, ''), effectiveAt: propagatedAt(context) };
}

const policyProperties = z.object({
  Path: z.string().default('/'),
  Description: z.string().optional(),
  PolicyDocument: document,
});

function providePolicy(context: CallContext, wanted: WantedResource, known: boolean): Undo {
  const { id: accountId, policies } = ownAccount(context);
  const arn = wanted.physicalId;
  const present = policies.get(arn);
  const isTaken = [...policies.values()].some(({ name }) => isSameName(name, nameOf(wanted)));
  // @evidence reported "github aws-cloudformation/cloudformation-coverage-roadmap#931": "already exists" for a policy
  //   of the same name and path; one of another path was seen to pass, and to make no policy, which is not modelled
  if (!known && isTaken) throw alreadyExists(context, wanted);
  const { Path, Description, PolicyDocument } = policyProperties.parse(wanted.properties);
  const { now } = context;
  const made = makeManagedPolicy(context.state, {
    accountId,
    name: nameOf(wanted),
    path: Path,
    document: PolicyDocument,
    description: Description,
    createdAt: now,
    effectiveAt: propagatedAt(context),
  });
  policies.set(arn, present === undefined ? made : nextVersion(context, present, PolicyDocument));
  return () => {
    if (present === undefined) policies.delete(arn);
    else policies.set(arn, present);
  };
}

/**
 * @evidence documented "botocore iam.CreatePolicyVersion": a policy has at most five versions, one of them the default
 */
function nextVersion(context: CallContext, present: ManagedPolicy, text: string): ManagedPolicy {
  const id = `v${present.nextVersion}`;
  const older = [...present.versions].filter(([one]) => one === present.defaultVersionId);
  return {
    ...present,
    updatedAt: context.now,
    versions: new Map([...older, [id, { id, document: text, createdAt: context.now }]]),
    nextVersion: present.nextVersion + 1,
    defaultVersionId: id,
    inForce: replaced(context, present.inForce, text),
  };
}

/**
 * IAM answers EntityAlreadyExists; what CloudFormation makes of it, people have met in two forms, so either is drawn.
 *
 * @evidence reported "github awslabs/stable-diffusion-aws-extension#233": the words of the handler, with
 *   HandlerErrorCode: AlreadyExists
 * @evidence reported "github aws-samples/dataops-platform-airflow-dbt#1": the name and "already exists"
 */
function alreadyExists(context: CallContext, { type, physicalId }: WantedResource): ResourceFailure {
  const { state } = context;
  const words = `Resource of type '${type}' with identifier '${physicalId}' already exists.`;
  return new ResourceFailure(
    state.random() < 0.5 ? handlerMessage(context, words, 'AlreadyExists') : `${physicalId} already exists`,
  );
}
