import { runInNewContext } from 'node:vm';

import { Template } from 'aws-cdk-lib/assertions';
import { Source } from 'aws-cdk-lib/aws-s3-deployment';

import { RESOURCES } from '../../functions/api/route';
import { consoleSettings } from '../../infra/console-settings';
import { ConsoleStack } from '../../infra/console-stack';
import { CONSOLE_CONTEXT } from './console-context';
import {
  CONFIGURATION,
  type Context,
  expectProperties,
  inWords,
  resourceOf,
  resourcesOf,
  testedApp,
  vendingTemplate,
} from './synthesized-stack';

function consoleStack(context: Context = {}, writesApiLogs = true): Template {
  const app = testedApp({ ...CONSOLE_CONTEXT, ...context });
  const settings = consoleSettings(app, CONFIGURATION.platform);
  if (settings === undefined) throw new Error('The context asks for no console.');
  const bundle = Source.data('index.html', '<html></html>');
  const props = { settings, bundle, version: '0.1.0', kmsKeyArn: undefined, writesApiLogs };
  return Template.fromStack(new ConsoleStack(app, 'ConsoleStack', props));
}

const template = consoleStack();

describe('ConsoleStack', () => {
  it('shows its pages to CloudFront alone', () => {
    expectProperties(template, 'AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expectProperties(template, 'AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
    const { PolicyDocument } = resourceOf(template, 'AWS::S3::BucketPolicy', 'PagesBucket').Properties as {
      PolicyDocument: { Statement: { Effect: string; Principal: unknown; Action: unknown; Condition: unknown }[] };
    };
    const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Principal, Action }) => [Principal, Action])).toEqual([
      [{ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject'],
    ]);
    expect(JSON.stringify(inWords(allowed[0]?.Condition))).toContain('AWS:SourceArn');
  });

  it('lets the page load what is of its own origin, and call the sign-in besides', () => {
    const [headers] = Object.values(resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy'));
    const text = JSON.stringify(inWords(headers?.Properties));

    expect(text).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(text).toContain(
      "connect-src 'self' https://vending-console-<AWS::AccountId>.auth.<AWS::Region>.amazoncognito.com;",
    );
    expect(text).toContain("frame-ancestors 'none'");
    expect(text).not.toContain('unsafe');
    expect(headers?.Properties).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
        },
      },
    });
  });

  it('has the API on the same origin, keeps nothing of it, and hands on the token', () => {
    const { DistributionConfig } = resourceOf(template, 'AWS::CloudFront::Distribution', 'Pages').Properties as {
      DistributionConfig: {
        CacheBehaviors: Record<string, unknown>[];
        CustomErrorResponses: { ErrorCode: number; ErrorCachingMinTTL: number }[];
      };
    };

    expect(DistributionConfig.CacheBehaviors).toMatchObject([
      {
        PathPattern: 'api/*',
        // CachingDisabled, and AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'https-only',
      },
    ]);
    expect(DistributionConfig.CustomErrorResponses.length).toBeGreaterThan(9);
    expect(DistributionConfig.CustomErrorResponses.every(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL === 0)).toBe(
      true,
    );
  });

  it.each([
    ['/api/vendings', '/console/vendings'],
    ['/api/dead-letters/orders/api/replay', '/console/dead-letters/orders/api/replay'],
    ['/api', '/api'],
  ])('leads %s to %s', (uri, led) => {
    const { FunctionCode } = resourceOf(template, 'AWS::CloudFront::Function', 'PagesApiPath').Properties;
    const call = `${String(FunctionCode)}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`;
    const request: unknown = runInNewContext(call);

    expect(request).toBe(led);
  });

  it('has every method of the API below /console, each for those who have signed in', () => {
    const methods = Object.values(resourcesOf(template, 'AWS::ApiGateway::Method'));
    const ofMachines = Object.values(resourcesOf(vendingTemplate(), 'AWS::ApiGateway::Method'));

    expect(methods).toHaveLength(ofMachines.length);
    for (const { Properties } of methods) {
      expect(Properties).toMatchObject({ AuthorizationType: 'COGNITO_USER_POOLS' });
      expect(Properties).toHaveProperty('AuthorizerId');
    }
    expect(pathsOf(template).toSorted()).toEqual(RESOURCES.map((resource) => `/console${resource}`).toSorted());
  });

  it('asks the function of the other API, by its name, and may do so below /console alone', () => {
    const [permission] = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'));

    const { FunctionName, SourceArn, ...more } = permission?.Properties ?? {};
    expect(more).toEqual({ Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' });
    expect(inWords(FunctionName)).toMatch(/:function:vending-Api$/u);
    expect(inWords(SourceArn)).toMatch(
      /execute-api:<AWS::Region>:<AWS::AccountId>:<ApiRestApi>\/\*\/\*\/console\/\*$/u,
    );
  });

  it('tells the function which groups count', () => {
    expectProperties(template, 'AWS::ApiGateway::Stage', {
      Variables: {
        viewerGroup: CONSOLE_CONTEXT.consoleViewerGroup,
        operatorGroup: CONSOLE_CONTEXT.consoleOperatorGroup,
      },
    });
  });

  it('knows people from IAM Identity Center alone, who cannot choose their groups', () => {
    expectProperties(template, 'AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    expectProperties(template, 'AWS::Cognito::UserPoolIdentityProvider', {
      ProviderName: 'IdentityCenter',
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: CONSOLE_CONTEXT.consoleSamlMetadataUrl },
      AttributeMapping: { email: 'email', 'custom:groups': 'groups' },
    });
    expectProperties(template, 'AWS::Cognito::UserPoolClient', {
      SupportedIdentityProviders: ['IdentityCenter'],
      // No scope and no flow by which somebody could write an attribute.
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlows: ['code'],
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      WriteAttributes: ['email', 'custom:groups'],
      GenerateSecret: false,
      IdTokenValidity: 60,
      RefreshTokenValidity: 60,
    });
  });

  it('says what is to be typed into the application', () => {
    const { Outputs } = template.toJSON() as { Outputs: Record<string, { Value: unknown }> };

    expect(inWords(Outputs['ApplicationAcsUrl']?.Value)).toBe(
      'https://vending-console-<AWS::AccountId>.auth.<AWS::Region>.amazoncognito.com/saml2/idpresponse',
    );
    expect(inWords(Outputs['ApplicationSamlAudience']?.Value)).toBe('urn:amazon:cognito:sp:<SignInPeople>');
  });

  it('writes who has called into a log, unless that is not wanted', () => {
    expectProperties(template, 'AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/apigateway/account-vending-console',
    });
    const [stage] = Object.values(resourcesOf(template, 'AWS::ApiGateway::Stage'));
    expect(JSON.stringify(stage?.Properties['AccessLogSetting'])).toContain('$context.authorizer.claims.email');
    const [quiet] = Object.values(resourcesOf(consoleStack({}, false), 'AWS::ApiGateway::Stage'));
    expect(quiet?.Properties).not.toHaveProperty('AccessLogSetting');
  });
});

/** Of the resources that have methods. */
function pathsOf(of: Template): readonly string[] {
  const resources = resourcesOf(of, 'AWS::ApiGateway::Resource');
  const pathOf = (id: string): string => {
    const { ParentId, PathPart } = resources[id]?.Properties ?? {};
    const { Ref } = ParentId as { Ref?: string };
    return `${Ref === undefined ? '' : pathOf(Ref)}/${String(PathPart)}`;
  };
  const ids = Object.values(resourcesOf(of, 'AWS::ApiGateway::Method')).map(
    ({ Properties }) => (Properties['ResourceId'] as { Ref: string }).Ref,
  );
  return [...new Set(ids)].map(pathOf);
}

describe('the context of a console', () => {
  const settingsFor = (context: Context, partition = 'aws') =>
    consoleSettings(testedApp({ ...CONSOLE_CONTEXT, ...context }), {
      ...CONFIGURATION.platform,
      accessConfig: {
        ...CONFIGURATION.platform.accessConfig,
        organizationRootAccountRole: `arn:${partition}:iam::222222222222:role/MeshfedServiceRole`,
      },
    });

  it('asks for one only where it says so', () => {
    expect(settingsFor({ console: undefined })).toBeUndefined();
    expect(settingsFor({ console: 'false' })).toBeUndefined();
    expect(settingsFor({})).toEqual({
      metadataUrl: CONSOLE_CONTEXT.consoleSamlMetadataUrl,
      viewerGroup: CONSOLE_CONTEXT.consoleViewerGroup,
      operatorGroup: CONSOLE_CONTEXT.consoleOperatorGroup,
    });
  });

  it.each(['aws-us-gov', 'aws-cn', 'aws-eusc'])('is a fault in the partition %s', (partition) => {
    expect(() => settingsFor({}, partition)).toThrow(`in the partition ${partition}`);
  });

  it.each([
    [
      { consoleSamlMetadataUrl: undefined, consoleViewerGroup: undefined },
      'lacks consoleSamlMetadataUrl, consoleViewer',
    ],
    [{ consoleSamlMetadataUrl: 'http://corp.example/metadata' }, 'no address of SAML metadata'],
    [{ consoleOperatorGroup: 'Operators' }, 'Copy "Group ID"'],
    [{ consoleOperatorGroup: CONSOLE_CONTEXT.consoleViewerGroup }, 'Give two groups'],
    [{ apiVpcEndpointIds: 'vpce-0123456789abcdef0' }, 'Leave out one of the two'],
  ])('is refused with a remedy: %j', (context, remedy) => {
    expect(() => settingsFor(context)).toThrow(remedy);
  });
});
