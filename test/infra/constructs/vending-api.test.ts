import { Match, Template } from 'aws-cdk-lib/assertions';
import { ProblemSchema } from '../../../functions/api/responses';
import { gatewayProblems, problemTemplate } from '../../../infra/gateway-problems';
import { expectProperties, inWords, resourceOf, resourcesOf, vendingStack } from '../synthesized-stack';

const template = Template.fromStack(vendingStack());

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
    expect(methods).toHaveLength(10);
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

    expect(paths.toSorted()).toEqual([
      'drift-reports',
      'preflight',
      'replay',
      'stop',
      'tenants',
      'usage-reports',
      'usage-reports',
      'vendings',
      '{id}',
      '{month}',
      '{month}',
      '{pass}',
      '{tenantUuid}',
      '{tenantUuid}',
    ]);
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
  const silent = Template.fromStack(vendingStack({ writesApiLogs: false }));

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
