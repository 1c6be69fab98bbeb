import type { Template } from '../../../operator/roles/account-templates';
import { evaluateHcl, type Lookup } from './evaluate-hcl';

/** What a stack or a module makes of an account, in a form in which both can be compared. */
export type AccountRights = Readonly<Record<string, unknown>>;

/** Where it is deployed, and with which values of parameters. */
export interface Deployment {
  readonly accountId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

const snake = (name: string): string => name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, '_').toLowerCase();
const withoutHash = (id: string): string => snake(id.replace(/[\dA-F]{8}$/u, ''));
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const present = (values: readonly unknown[]): readonly unknown[] => values.filter((value) => value !== undefined);

/** Which accounts fill up the list of a template, since that cannot count. */
const isNobody = (resource: unknown): boolean => String(resource).endsWith(':account/o-*/000000000000');

interface Statement {
  readonly sid: unknown;
  readonly effect: unknown;
  readonly actions: readonly unknown[];
  readonly resources: readonly unknown[];
  readonly principals: readonly (readonly [string, readonly unknown[]])[];
  readonly conditions: readonly (readonly [string, string, readonly unknown[]])[];
}

const statement = (given: Statement): Statement => ({
  ...given,
  resources: given.resources.filter((resource) => !isNobody(resource)),
  conditions: given.conditions.toSorted((one, other) => (String(one) < String(other) ? -1 : 1)),
});

export function rightsOfTemplate(template: Template, { accountId, parameters }: Deployment): AccountRights {
  const resources = template.Resources;
  const value = (given: unknown): unknown => {
    if (Array.isArray(given)) return present(given.map(value));
    if (typeof given !== 'object' || given === null) return given;
    const fields = given as Json;
    const [name = '', ...others] = Object.keys(fields);
    const args = listOf(fields[name]);
    if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
      return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, value(inner)]));
    }
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined) throw new Error(`${name} is not known here.`);
    return intrinsic(args);
  };
  const intrinsics: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
    Ref: ([of]) => referred(String(of)),
    'Fn::GetAtt': ([of]) => arnOf(String(of)),
    'Fn::Join': ([between, parts]) => (value(parts) as readonly unknown[]).join(String(between)),
    'Fn::Split': ([between, text]) => String(value(text)).split(String(between)),
    'Fn::Select': ([at, of]) => (value(of) as readonly unknown[])[Number(at)],
    'Fn::If': ([name, yes, no]) => value(value(template.Conditions[String(name)]) === true ? yes : no),
    'Fn::Equals': ([one, other]) => value(one) === value(other),
    'Fn::Not': ([one]) => value(one) !== true,
  };
  const referred = (name: string): unknown => {
    if (name === 'AWS::NoValue') return undefined;
    if (name === 'AWS::Partition') return 'aws';
    if (name === 'AWS::AccountId') return accountId;
    if (name in template.Parameters) return parameters[name] ?? template.Parameters[name]?.['Default'];
    return arnOf(name);
  };
  const arnOf = (id: string): string => {
    const { Type, Properties = {} } = resources[id] ?? {};
    if (Type === 'AWS::IAM::ManagedPolicy') return `policy ${withoutHash(id)}`;
    return `arn:aws:iam::${accountId}:role${String(value(Properties['Path']))}${String(value(Properties['RoleName']))}`;
  };
  const statements = (document: unknown): readonly Statement[] =>
    listOf((value(document) as Json)['Statement']).map((one) => {
      const { Sid, Effect, Action, Resource, Principal = {}, Condition = {} } = one as Json;
      return statement({
        sid: Sid,
        effect: Effect,
        actions: listOf(Action),
        resources: listOf(Resource),
        principals: Object.entries(Principal as Json).map(([type, ids]) => [type, listOf(ids)] as const),
        conditions: Object.entries(Condition as Record<string, Json>).flatMap(([test, tested]) =>
          Object.entries(tested).map(([key, values]) => [test, key, listOf(values)] as const),
        ),
      });
    });
  const rights: Record<string, unknown> = {};
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    const { AssumeRolePolicyDocument, Policies, PolicyDocument, ...plain } = Properties;
    if (Type === 'AWS::IAM::Role') {
      const { RoleName, Path, Description, PermissionsBoundary, ManagedPolicyArns } = value(plain) as Json;
      rights[`role ${String(RoleName)}`] = {
        path: Path,
        description: Description,
        boundary: PermissionsBoundary ?? null,
        trust: statements(AssumeRolePolicyDocument),
        policies: (listOf(Policies) as readonly Json[]).map((one) => [
          value(one['PolicyName']),
          statements(one['PolicyDocument']),
        ]),
        managed: listOf(ManagedPolicyArns),
      };
    } else if (Type === 'AWS::IAM::ManagedPolicy') {
      const { Path, Description } = value(plain) as Json;
      rights[`policy ${withoutHash(id)}`] = {
        path: Path,
        description: Description,
        statements: statements(PolicyDocument),
      };
    } else {
      const set = value(plain) as Json;
      rights[`stack set ${String(set['StackSetName'])}`] = [
        ...['Description', 'PermissionModel', 'AdministrationRoleARN', 'ExecutionRoleName', 'TemplateBody'].map(
          (name) => set[name],
        ),
        listOf(set['Capabilities']),
        (set['ManagedExecution'] as Json)['Active'],
        (listOf(set['Parameters']) as readonly Json[]).map((one) => [one['ParameterKey'], one['ParameterValue']]),
      ];
    }
  }
  for (const [name, { Value }] of Object.entries(template.Outputs)) rights[`output ${snake(name)}`] = value(Value);
  return rights;
}

/** The files of a module, as python-hcl2 reads them. */
export type ParsedModule = Readonly<Record<string, Readonly<Record<string, readonly Json[]>>>>;

export function rightsOfModule(files: ParsedModule, { accountId, parameters }: Deployment): AccountRights {
  const blocks = (kind: string): readonly Json[] => Object.values(files).flatMap((file) => file[kind] ?? []);
  const unquoted = (name: string): string => name.replaceAll('"', '');
  const ofType = (kind: string, type: string): ReadonlyMap<string, Json> =>
    new Map(
      blocks(kind)
        .flatMap((one) => Object.entries((one[`"${type}"`] ?? {}) as Record<string, Json>))
        .map(([name, body]) => [unquoted(name), body]),
    );
  const variables = new Map(
    blocks('variable').flatMap((one) => Object.entries(one).map(([name, body]) => [unquoted(name), body as Json])),
  );
  const roles = ofType('resource', 'aws_iam_role');
  const documents = ofType('data', 'aws_iam_policy_document');
  const given = Object.fromEntries(Object.entries(parameters).map(([name, text]) => [snake(name), text]));
  const nameOf = (role: Json | undefined): string => String(put(role?.['name']));
  const arnOf = (role: Json | undefined): string =>
    `arn:aws:iam::${accountId}:role${String(put(role?.['path']))}${nameOf(role)}`;
  const known: Readonly<Record<string, (first: string, rest: string) => unknown>> = {
    var: (first) => given[first] ?? evaluateHcl(variables.get(first)?.['default'], lookup),
    local: (first) => put(blocks('locals')[0]?.[first]),
    aws_iam_policy: (first) => `policy ${first}`,
    aws_iam_role: (first, rest) => (rest === 'name' ? nameOf(roles.get(first)) : arnOf(roles.get(first))),
    data: (first, rest) => (first === 'aws_iam_policy_document' ? rest.replace('.json', '') : current[rest]),
  };
  const current: Readonly<Record<string, string>> = {
    'current.partition': 'aws',
    'current.account_id': accountId,
  };
  const lookup: Lookup = (name) => {
    const [kind = '', first = '', ...rest] = name.split('.');
    const found = known[kind]?.(first, rest.join('.'));
    if (found === undefined) throw new Error(`${name} is not known here.`);
    return found;
  };
  const put = (value: unknown): unknown => evaluateHcl(value, lookup);
  const many = (value: unknown): readonly unknown[] => listOf(put(value));
  const statements = (document: unknown): readonly Statement[] =>
    (listOf(documents.get(String(put(document)))?.['statement']) as readonly Json[]).map((one) =>
      statement({
        sid: put(one['sid']),
        effect: put(one['effect']),
        actions: many(one['actions']),
        resources: many(one['resources']),
        principals: (listOf(one['principals']) as readonly Json[]).map(
          (who) => [String(put(who['type'])), many(who['identifiers'])] as const,
        ),
        conditions: (listOf(one['condition']) as readonly Json[]).map(
          (that) => [String(put(that['test'])), String(put(that['variable'])), many(that['values'])] as const,
        ),
      }),
    );
  const ofRole = (type: string, name: string): readonly Json[] =>
    [...ofType('resource', type).values()].filter(({ role }) => put(role) === name);
  const rights: Record<string, unknown> = {};
  for (const role of roles.values()) {
    const name = String(put(role['name']));
    rights[`role ${name}`] = {
      path: put(role['path']),
      description: put(role['description']),
      boundary: put(role['permissions_boundary']) ?? null,
      trust: statements(role['assume_role_policy']),
      policies: ofRole('aws_iam_role_policy', name).map((one) => [put(one['name']), statements(one['policy'])]),
      managed: ofRole('aws_iam_role_policy_attachment', name).map((one) => put(one['policy_arn'])),
    };
  }
  for (const [name, policy] of ofType('resource', 'aws_iam_policy')) {
    rights[`policy ${name}`] = {
      path: put(policy['path']),
      description: put(policy['description']),
      statements: statements(policy['policy']),
    };
  }
  for (const set of ofType('resource', 'aws_cloudformation_stack_set').values()) {
    rights[`stack set ${String(put(set['name']))}`] = [
      ...['description', 'permission_model', 'administration_role_arn', 'execution_role_name', 'template_body'].map(
        (name) => put(set[name]),
      ),
      many(set['capabilities']),
      put((listOf(set['managed_execution'])[0] as Json)['active']),
      Object.entries(put(set['parameters']) as Json),
    ];
  }
  for (const one of blocks('output')) {
    for (const [name, body] of Object.entries(one)) rights[`output ${unquoted(name)}`] = put((body as Json)['value']);
  }
  return rights;
}
