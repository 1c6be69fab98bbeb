import { Match } from 'aws-cdk-lib/assertions';
import openApi from '../../../docs/openapi.json';
import { ProblemSchema } from '../../../functions/api/responses';
import { gatewayProblems, problemTemplate } from '../../../infra/gateway-problems';
import { PolicySimulation } from '../../../sandbox/organization/authorization/policy-simulation';
import { expectProperties, inWords, resourceOf, resourcesOf, vendingTemplate } from '../synthesized-stack';

const template = vendingTemplate();

const documentedPaths = Object.entries(openApi.paths);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Each operation of the OpenAPI document. */
const documentedMethods = (): readonly string[] =>
  documentedPaths.flatMap(([, item]) => Object.keys(item).filter((name) => METHODS.includes(name)));

/** The last part of each path, and of each path that leads to one. */
function documentedParts(): readonly string[] {
  const paths = documentedPaths.flatMap(([path]) => {
    const parts = path.split('/').slice(1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(paths)].map((path) => path.split('/').at(-1) ?? '');
}

describe('the REST API', () => {
  it('asks every caller of every method for a signature and hands the call to one function', () => {
    const methods = Object.entries(resourcesOf(template, 'AWS::ApiGateway::Method')).map(([, { Properties }]) => ({
      method: Properties['HttpMethod'],
      resource: inWords(Properties['ResourceId']),
      authorization: Properties['AuthorizationType'],
      proxy: (Properties['Integration'] as { Type: string }).Type,
      calls: String(inWords((Properties['Integration'] as { Uri: unknown }).Uri)).includes('<ApiFunction.Arn>'),
    }));

    const signed = { authorization: 'AWS_IAM', proxy: 'AWS_PROXY', calls: true };
    expect(methods).toHaveLength(documentedMethods().length);
    expect(methods).toEqual(
      expect.arrayContaining([
        { method: 'GET', resource: '<VendingApiRestApivendings>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApidriftreportspass>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApipreflight>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApipreflightid>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApiusagereportsmonth>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApitenantstenantUuidusagereportsmonth>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApivendings>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApivendingstenantUuid>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApivendingstenantUuidreplay>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApivendingstenantUuidstop>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApivendingstenantUuidapproval>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApishadowreport>', ...signed },
        { method: 'GET', resource: '<VendingApiRestApilandingzones>', ...signed },
        { method: 'POST', resource: '<VendingApiRestApilandingzoneslandingZonemode>', ...signed },
      ]),
    );
  });

  it('hands over the bytes of JSON, and no text that was made of them', () => {
    expectProperties(template, 'AWS::ApiGateway::RestApi', { BinaryMediaTypes: ['application/json'] });
  });

  it('has the paths of the OpenAPI document', () => {
    const paths = Object.values(resourcesOf(template, 'AWS::ApiGateway::Resource')).map(
      ({ Properties }) => Properties['PathPart'],
    );

    expect(paths.toSorted()).toEqual(documentedParts().toSorted());
  });

  it('is regional, throttled, traced, and logs errors and accesses without data', () => {
    expectProperties(template, 'AWS::ApiGateway::RestApi', {
      Name: 'account-vending',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expectProperties(template, 'AWS::ApiGateway::Stage', {
      StageName: 'v1',
      TracingEnabled: true,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 20,
          ThrottlingBurstLimit: 40,
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
        },
      ],
      AccessLogSetting: {
        DestinationArn: Match.anyValue(),
        Format: Match.not(Match.stringLikeRegexp('requestBody|sourceIp')),
      },
    });
    const { AccessLogSetting } = resourceOf(template, 'AWS::ApiGateway::Stage', 'VendingApi').Properties as {
      readonly AccessLogSetting: { readonly Format: string };
    };
    // Quotes in the words of the gateway are escaped in messageString, and in message they are not.
    const line = AccessLogSetting.Format.replace('$context.error.messageString', '"it said \\"no\\""');
    expect(JSON.parse(line)).toMatchObject({ error: 'it said "no"', status: '$context.status' });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'VendingApiAccessLog').Properties['RetentionInDays']).toBe(90);
  });
});

describe('the REST API without logs', () => {
  const silent = vendingTemplate({ writesApiLogs: false });

  it('leaves the role for logs of the account and region as it is', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::Account')).not.toEqual({});
    expect(resourcesOf(silent, 'AWS::ApiGateway::Account')).toEqual({});
    const stage = resourceOf(silent, 'AWS::ApiGateway::Stage', 'VendingApi').Properties;
    expect(stage).not.toHaveProperty('AccessLogSetting');
    expect(stage['MethodSettings']).toEqual([
      expect.not.objectContaining({ LoggingLevel: expect.anything() as unknown }),
    ]);
  });
});

describe('the REST API for some callers alone', () => {
  const ROLE = 'arn:aws:iam::444444444444:role/Portal';
  const API = 'arn:aws:execute-api:eu-central-1:111111111111:ab12cd34ef';
  const policyFor = (...apiCallers: string[]): string | undefined => {
    const policy = resourceOf(
      vendingTemplate({ context: { apiCallers: apiCallers.join(',') } }),
      'AWS::ApiGateway::RestApi',
      'VendingApi',
    ).Properties['Policy'];
    // API Gateway writes its own ARN before a resource that begins so.
    return policy === undefined
      ? undefined
      : JSON.stringify(inWords(policy))
          .replaceAll('<AWS::AccountId>', '111111111111')
          .replaceAll('execute-api:/*', `${API}/*`);
  };

  /** What becomes of a call of somebody who may call by rights of their own, or may not. */
  async function called(
    caller: string,
    by: { apiCallers: readonly string[]; organization?: string; mayCall?: boolean },
  ) {
    const { organization, mayCall = true, apiCallers } = by;
    const may = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
    };
    const { allowed } = await new PolicySimulation().judge({
      principalArn: caller,
      action: 'execute-api:Invoke',
      resource: `${API}/v1/GET/vendings`,
      resourceAccountId: '111111111111',
      conditions: {
        'aws:PrincipalArn': caller,
        'aws:PrincipalAccount': caller.split(':')[4] ?? '',
        ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
      },
      identityPolicies: mayCall ? [{ name: 'may', document: JSON.stringify(may) }] : [],
      resourcePolicy: policyFor(...apiCallers) ?? '',
      scpLevels: [],
    });
    return allowed;
  }

  const ours = 'arn:aws:iam::111111111111:role/Portal';
  const stranger = 'arn:aws:iam::111111111111:role/Other';
  const foreign = 'arn:aws:iam::555555555555:role/Other';

  it('has no policy unless they are named', () => {
    expect(policyFor()).toBeUndefined();
  });

  it.each([
    ['a role of the account, named', ours, { apiCallers: [ours] }, true],
    ['a role that is not named, whatever its rights are', stranger, { apiCallers: [ours] }, false],
    ['a role that is named, without a right of its own', ours, { apiCallers: [ours], mayCall: false }, false],
    ['a role of another account, named', ROLE, { apiCallers: [ours, ROLE] }, true],
    ['the same, without a right of its own', ROLE, { apiCallers: [ours, ROLE], mayCall: false }, false],
    ['a role of an account that is named', foreign, { apiCallers: [ours, '555555555555'] }, true],
    ['a role of the organization', foreign, { apiCallers: ['o-ab12cd34ef'], organization: 'o-ab12cd34ef' }, true],
    [
      'a role of the organization, beside others',
      foreign,
      { apiCallers: ['444444444444', ROLE, 'o-ab12cd34ef'], organization: 'o-ab12cd34ef' },
      true,
    ],
    [
      'a role of another organization',
      foreign,
      { apiCallers: [ROLE, 'o-ab12cd34ef'], organization: 'o-zz12cd34ef' },
      false,
    ],
    ['a role of no organization', stranger, { apiCallers: ['o-ab12cd34ef'] }, false],
    [
      'a role of the organization in our account, without a right',
      stranger,
      { apiCallers: ['o-ab12cd34ef'], organization: 'o-ab12cd34ef', mayCall: false },
      false,
    ],
  ])('lets in, or not: %s', async (_, caller, by, allowed) => {
    expect(await called(caller, by)).toBe(allowed);
  });
});

describe('an answer that the gateway gives by itself', () => {
  it.each(gatewayProblems.map((problem) => [problem.name, problem] as const))(
    'is a problem document: %s',
    (_, problem) => {
      const body: unknown = JSON.parse(
        problemTemplate(problem).replace('$context.error.messageString', '"the words of the gateway"'),
      );

      expect(ProblemSchema.parse(body)).toEqual({
        type: `urn:account-vending:problem:${problem.name}`,
        title: problem.title,
        status: problem.status,
        detail: problem.detail ?? 'the words of the gateway',
        errors: [],
      });
      expectProperties(template, 'AWS::ApiGateway::GatewayResponse', {
        ResponseType: problem.response.responseType,
        StatusCode: String(problem.status),
        ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
        ResponseTemplates: { 'application/json': problemTemplate(problem) },
      });
    },
  );

  it('is there for whatever AWS may add', () => {
    expect(gatewayProblems.slice(-2).map(({ response }) => response.responseType)).toEqual([
      'DEFAULT_4XX',
      'DEFAULT_5XX',
    ]);
  });
});
