import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  type ISource,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

import { named, rulesOf } from '../deployment-rules';
import { acknowledge, acknowledgeCopying } from '../nag-acknowledgements';
import { CONSOLE_PATH } from './console-api';
import { networkInterfaces } from './vending-function';

export interface ConsolePagesProps {
  readonly restApi: RestApi;
  /** Where the page gets its tokens from: the one other place that it may call. */
  readonly signInUrl: string;
}

/** The page behind CloudFront, and the API beside it: one origin for the browser, so that nothing crosses origins. */
export class ConsolePages extends Construct {
  readonly url: string;
  readonly #bucket: IBucket;
  readonly #role: Role;

  constructor(scope: Construct, id: string, { restApi, signInUrl }: ConsolePagesProps) {
    super(scope, id);
    this.#role = new Role(this, 'CopyingRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(bucket, 'consolePagesAreNoSecret');
    this.#bucket = asBucket(bucket);
    const responseHeadersPolicy = this.#headers(signInUrl);
    const distribution = new Distribution(this, 'Distribution', {
      comment: named(this, 'account-vending-console'),
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      errorResponses: NOT_KEPT.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy,
      },
      additionalBehaviors: {
        'api/*': {
          origin: new HttpOrigin(Fn.select(2, Fn.split('/', restApi.url)), {
            originPath: `/${restApi.deploymentStage.stageName}`,
          }),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          // Authorization among them; API Gateway knows itself by its own host alone.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy,
          functionAssociations: [{ function: this.#rewriting(), eventType: FunctionEventType.VIEWER_REQUEST }],
        },
      },
    });
    acknowledge(
      distribution,
      'consoleWithoutEdgeLog',
      'consoleOnCloudFrontsName',
      'firewallAtTheEdge',
      'noPlaceIsShut',
    );
    this.url = `https://${distribution.distributionDomainName}/`;
  }

  #rewriting(): EdgeFunction {
    return new EdgeFunction(this, 'ApiPath', {
      comment: `/api/… is /${CONSOLE_PATH}/… of the API`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(REWRITING),
    });
  }

  #headers(signInUrl: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(signInUrl), override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          preload: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(MORE_HEADERS).map(([header, value]) => ({ header, value, override: true })),
      },
    });
  }

  /**
   * Puts the built page into the bucket. The names of assets change with their content; everything else is asked for
   * again each time, so that a new deployment is seen at once and nothing has to be invalidated.
   */
  deploy(bundle: ISource, installation: ISource): void {
    const shared = { destinationBucket: this.#bucket, memoryLimit: 512, retainOnDelete: false, ...this.#copying() };
    const assets = new BucketDeployment(this, 'Assets', {
      ...shared,
      sources: [bundle],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...shared,
      sources: [bundle, installation],
      exclude: ['assets/*', 'docs/*', '.vite/*'],
      cacheControl: [CacheControl.fromString('no-cache')],
    });
    new BucketDeployment(this, 'Documents', {
      ...shared,
      sources: [bundle],
      exclude: ['*'],
      include: ['docs/*'],
      cacheControl: [CacheControl.fromString('no-cache')],
    });
    // What a page names is there before the page is.
    pages.node.addDependency(assets);
    this.#runInSubnets();
    acknowledgeCopying(this.#role, this.#bucket);
  }

  /** Of the CDK's function that copies: it adds the rights on the two buckets itself. */
  #copying(): Pick<BucketDeploymentProps, 'role' | 'logGroup'> {
    const logGroup = new LogGroup(this, 'CopyingLog', {
      logGroupName: `/aws/lambda/${named(this, 'vending-console-copying')}`,
      retention: rulesOf(this).logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const writing = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] };
    this.#role.addToPolicy(new PolicyStatement(writing));
    return { role: this.#role, logGroup };
  }

  /** As the functions of VendingStack: the CDK would query the network. */
  #runInSubnets(): void {
    const { network } = rulesOf(this);
    if (network === undefined) return;
    const { subnetIds, securityGroupIds } = network;
    for (const resource of Stack.of(this).node.findAll()) {
      if (!(resource instanceof CfnFunction)) continue;
      resource.vpcConfig = { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
    }
    this.#role.addToPolicy(networkInterfaces());
    acknowledge(this.#role, 'copyingInSubnets');
  }
}

/**
 * CloudFront would keep these for ten seconds, and answer other people with them.
 *
 * @evidence documented AmazonCloudFront/DeveloperGuide/HTTPStatusCodes: CloudFront caches errors of the origin, for the
 *   error caching minimum TTL, which is ten seconds by default
 */
const NOT_KEPT = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The CDK's own types do not agree on whether a bucket may leave open that it is a website. */
function asBucket(made: unknown): IBucket {
  if (isBucket(made)) return made;
  throw new TypeError('A bucket was expected.');
}

const isBucket = (made: unknown): made is IBucket => made instanceof Bucket;

/** JavaScript of CloudFront. */
const REWRITING = `function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/^\\/api\\//, '/${CONSOLE_PATH}/');
  return request;
}
`;

/** As the console's own server on somebody's machine has it, and the one more place that gives out tokens. */
const contentSecurityPolicy = (signInUrl: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${signInUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const MORE_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};
