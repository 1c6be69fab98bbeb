import { EventEmitter, once } from 'node:events';
import net, { createServer } from 'node:net';

import { calledHosts, isReached } from '../../../../functions/aws/lambda/own-runtime';
import { loadConfiguration } from '../../../../infra/config';
import { customized, network } from '../../domain/example-customization';
import { awsSso, type Change, configuration } from '../../domain/examples';

const hostsOf = ({ platform, landingZones } = configuration()) =>
  calledHosts({ platform, landingZones }).map(({ host, purpose }) => `${purpose}: ${host}`);

const ALWAYS = [
  'accounts, units and tags: organizations.us-east-1.amazonaws.com',
  'roles in member accounts: iam.amazonaws.com',
  'the number of accounts that may be made: servicequotas.us-east-1.amazonaws.com',
];

/** Without whatever may be left out. */
const LEAST: readonly Change[] = [
  ...['awsIdentityStore', 'enrollmentConfiguration', 'stackSetExecutionRole'].map((block): Change => [
    `platform.${block}`,
    undefined,
  ]),
  ['landingZone.awsEnrollAccount', false],
  ['landingZone.awsLambdaArn', null],
  ['landingZone.stackSets', []],
];

const withPlatform = (block: object, ...changes: readonly Change[]) => {
  const { platform, landingZones } = configuration(...LEAST, ...changes);
  return { platform: { ...platform, ...block }, landingZones };
};

describe('the hosts that functions in subnets need a way to', () => {
  it('are those of what the configuration has, each in its region', () => {
    expect(hostsOf()).toEqual([
      ...ALWAYS,
      'stack sets: cloudformation.eu-west-1.amazonaws.com',
      'functions of landing zones: lambda.eu-central-1.amazonaws.com',
      ...['sso', 'identitystore'].map((one) => `access of people: ${one}.eu-west-1.amazonaws.com`),
      ...['servicecatalog', 'controltower', 'config'].map((one) => `enrollment: ${one}.eu-central-1.amazonaws.com`),
    ]);
  });

  it('are three where it has nothing but accounts', () => {
    expect(hostsOf(configuration(...LEAST))).toEqual(ALWAYS);
  });

  it('are of the region of the platform where a block names none, and each is named once', () => {
    const stackSets = ['one', 'two'].map((name) => ({ name, regions: ['eu-west-1'] }));
    const whole = withPlatform(
      { awsIdentityStore: { ...configuration().platform.awsIdentityStore, region: undefined } },
      ['landingZone.stackSets', stackSets],
      ['platform.stackSetExecutionRole', configuration().platform.stackSetExecutionRole],
    );
    expect(hostsOf(whole as never)).toEqual([
      ...ALWAYS,
      'stack sets: cloudformation.eu-central-1.amazonaws.com',
      ...['sso', 'identitystore'].map((one) => `access of people: ${one}.eu-central-1.amazonaws.com`),
    ]);
  });

  it.each([
    [{ metering: {} }, ['costs: ce.us-east-1.amazonaws.com']],
    [{ meshStack: { endpoint: 'https://meshstack.corp.example:8443' } }, ['meshStack: meshstack.corp.example']],
    [
      { awsSso },
      [
        ...['sso', 'identitystore'].map((one) => `access of people: ${one}.eu-central-1.amazonaws.com`),
        'groups by SCIM: scim.eu-central-1.amazonaws.com',
      ],
    ],
  ])('are more with %j', (block, hosts) => {
    expect(hostsOf(withPlatform(block) as never)).toEqual([...ALWAYS, ...hosts]);
  });

  it('include that of CodeBuild, in the region of the platform, where a landing zone has customizations', () => {
    expect(hostsOf(configuration(...LEAST, customized(network())))).toEqual([
      ...ALWAYS,
      'customizations: codebuild.eu-central-1.amazonaws.com',
    ]);
  });

  it('have the names that their partition has for them', () => {
    const { platform } = loadConfiguration('sandbox/config-us-gov');
    expect(calledHosts({ platform, landingZones: {} }).map(({ host }) => host)).toEqual(
      expect.arrayContaining(['organizations.us-gov-west-1.amazonaws.com', 'iam.us-gov.amazonaws.com']),
    );
  });

  it('are asked for in the region of the platform where nothing is known of the partition', () => {
    const accessConfig = { organizationRootAccountRole: 'arn:aws-moon:iam::222222222222:role/MeshfedServiceRole' };
    expect(hostsOf(withPlatform({ accessConfig }) as never)[0]).toBe(
      'accounts, units and tags: organizations.eu-central-1.amazonaws.com',
    );
  });
});

describe('whether a host is reached', () => {
  it('is told by whether it takes a connection, on which nothing is said', async () => {
    const said: unknown[] = [];
    const server = createServer((socket) => socket.on('data', (data) => said.push(data))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;

    expect(await isReached('127.0.0.1', port)).toBe(true);
    // Only who hangs up lets the server end.
    await new Promise((resolve) => server.close(resolve));
    expect(said).toEqual([]);
    expect(await isReached('127.0.0.1', port)).toBe(false);
  });

  it('is no where nobody has answered within three seconds, on the port of HTTPS', async () => {
    const socket = Object.assign(new EventEmitter(), { destroy: jest.fn() });
    const connect = jest.spyOn(net, 'connect').mockReturnValue(socket as never);
    try {
      const reached = isReached('hangs.example');
      socket.emit('timeout');
      expect(await reached).toBe(false);
      expect(connect).toHaveBeenCalledWith({ host: 'hangs.example', port: 443, timeout: 3000 });
      expect(socket.destroy).toHaveBeenCalledTimes(1);
    } finally {
      connect.mockRestore();
    }
  });
});
