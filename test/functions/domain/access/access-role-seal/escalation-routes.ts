import { MEMBER } from '../../../aws/organization-world';
import type { DowngradedWorld } from './downgraded-world';
import { resourcesOf } from './write-actions';

/**
 * Known ways to the rights of another principal that lead through what the organization's model does not have: who
 * may do all of a row, on a resource of its kind, has them. The account is taken to have what each of them starts from
 * (a user, a function, an instance, with an administrator's role).
 */
export const ROUTES: Readonly<Record<string, readonly string[]>> = {
  'a user with a key': ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'],
  'a key of a user': ['iam:CreateAccessKey'],
  'a password for a user': ['iam:CreateLoginProfile'],
  'another password for a user': ['iam:UpdateLoginProfile'],
  'membership of a group': ['iam:AddUserToGroup'],
  'a policy on a group': ['iam:AttachGroupPolicy'],
  'an inline policy on a user': ['iam:PutUserPolicy'],
  'an identity provider that a role trusts': ['iam:UpdateSAMLProvider'],
  'an audience of a provider that a role trusts': ['iam:AddClientIDToOpenIDConnectProvider'],
  'a role for an instance': ['iam:PassRole', 'ec2:RunInstances'],
  'the role of an instance profile': ['iam:AddRoleToInstanceProfile', 'iam:PassRole'],
  'a function with a role': ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  'the code of a function': ['lambda:UpdateFunctionCode'],
  'the layers of a function': ['lambda:UpdateFunctionConfiguration'],
  'a stack with a role': ['iam:PassRole', 'cloudformation:CreateStack'],
  'the template of a stack with a role': ['cloudformation:UpdateStack'],
  'a change set of a stack with a role': ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  'a job with a role': ['iam:PassRole', 'glue:CreateJob', 'glue:StartJobRun'],
  'a development endpoint': ['iam:PassRole', 'glue:CreateDevEndpoint'],
  'a command on an instance': ['ssm:SendCommand'],
  'a session on an instance': ['ssm:StartSession'],
  'an automation with a role': ['iam:PassRole', 'ssm:StartAutomationExecution'],
  'a state machine with a role': ['iam:PassRole', 'states:CreateStateMachine', 'states:StartExecution'],
  'a build with a role': ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
  'a container with a role': ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  'a notebook with a role': ['iam:PassRole', 'sagemaker:CreateNotebookInstance'],
  'a pipeline with a role': ['iam:PassRole', 'datapipeline:CreatePipeline'],
  'user data of an instance': ['ec2:ModifyInstanceAttribute', 'ec2:StartInstances'],
  'another role': ['sts:AssumeRole'],
  'another role by SAML': ['sts:AssumeRoleWithSAML'],
};

/** The first of the routes that is open to the role. */
export async function openRoute(downgraded: DowngradedWorld, role: string): Promise<string | null> {
  for (const [name, actions] of Object.entries(ROUTES)) {
    const open = await Promise.all(actions.map((action) => mayDo(downgraded, role, action)));
    if (open.every(Boolean)) return name;
  }
  return null;
}

async function mayDo(downgraded: DowngradedWorld, role: string, action: string): Promise<boolean> {
  for (const resource of await resourcesOf(action)) {
    if ((await downgraded.judge(role, { action, resource, resourceAccountId: MEMBER })).allowed) return true;
  }
  return false;
}
