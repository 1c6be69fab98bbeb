import { serviceCatalogAccountFactory } from '../../../../functions/aws/service-catalog/service-catalog-account-factory';
import { serviceCatalogProductAccess } from '../../../../functions/aws/service-catalog/service-catalog-product-access';
import type { EnrollmentRequest, ProvisionedProduct } from '../../../../functions/ports/account-factory';
import { awsError, type CannedAnswer } from '../../../fakes/canned-request-handler';
import { expectRejected } from '../../../fakes/expect-rejected';
import { cannedCaller, MEMBER, OrganizationWorld } from '../organization-world';

const PRODUCT = 'prod-abcd1234';
const HOME = 'eu-central-1';

/** Service Catalog with the answers of a test. */
function answering(...answers: readonly CannedAnswer[]) {
  const { handler, session } = cannedCaller(...answers);
  return {
    access: serviceCatalogProductAccess(session, HOME),
    factory: serviceCatalogAccountFactory(session, HOME),
    asked: () => handler.requests.map(({ target, body }) => [target.split('.')[1], body]),
  };
}

const answer = (body: object): CannedAnswer => ({ body });
const denied = awsError('AccessDeniedException');

describe('who may use a product', () => {
  it('stands in its portfolios, on whatever page', async () => {
    const { access, asked } = answering(
      answer({ PortfolioDetails: [], NextPageToken: 'two' }),
      answer({ PortfolioDetails: [{ Id: 'port-1', DisplayName: 'Factory' }, {}], NextPageToken: 'three' }),
      answer({}),
    );
    expect(await access.portfoliosOf(PRODUCT)).toEqual([
      { id: 'port-1', name: 'Factory' },
      { id: '', name: '' },
    ]);
    expect(asked()).toEqual([
      ['ListPortfoliosForProduct', { ProductId: PRODUCT }],
      ['ListPortfoliosForProduct', { ProductId: PRODUCT, PageToken: 'two' }],
      ['ListPortfoliosForProduct', { ProductId: PRODUCT, PageToken: 'three' }],
    ]);
  });

  it('cannot be told of a product that there is not, which is not one that is not to be seen', async () => {
    expect(await answering(awsError('ResourceNotFoundException')).access.portfoliosOf(PRODUCT)).toBeUndefined();
    const refused = answering(denied).access.portfoliosOf(PRODUCT);
    await expectRejected(refused, `list the portfolios of the product ${PRODUCT}`, 'policies');
  });

  it('is everybody whom a portfolio is open to', async () => {
    const { access, asked } = answering(
      answer({ Principals: [{ PrincipalARN: 'arn:1', PrincipalType: 'IAM' }, {}], NextPageToken: 'two' }),
      answer({ NextPageToken: 'three' }),
      answer({ Principals: [{ PrincipalARN: 'arn:2' }] }),
    );
    expect(await access.principalsOf('port-1')).toEqual(['arn:1', 'arn:2']);
    expect(asked()[0]).toEqual(['ListPrincipalsForPortfolio', { PortfolioId: 'port-1' }]);
    await expectRejected(
      answering(denied).access.principalsOf('p'),
      'list the principals of the portfolio p',
      'policies',
    );
  });

  it('may have made something of it, at a time that is told', async () => {
    const product = { Id: 'pp-1', Name: 'one', Status: 'AVAILABLE', PhysicalId: MEMBER, LastRecordId: 'rec-1' };
    const { access, asked } = answering(
      answer({ ProvisionedProducts: [], NextPageToken: 'two' }),
      answer({
        ProvisionedProducts: [{ ...product, CreatedTime: 60, LastSuccessfulProvisioningRecordId: 'rec-0' }, {}],
      }),
    );
    expect(await access.provisionedOf(PRODUCT)).toEqual([
      {
        id: 'pp-1',
        name: 'one',
        status: 'AVAILABLE',
        lastRecordId: 'rec-1',
        accountId: MEMBER,
        hasSucceeded: true,
        createdAt: new Date(60_000),
      },
      {
        id: '',
        name: '',
        status: 'UNDER_CHANGE',
        lastRecordId: null,
        accountId: null,
        hasSucceeded: false,
        createdAt: null,
      },
    ]);
    expect(asked()[0]).toEqual([
      'SearchProvisionedProducts',
      {
        Filters: { SearchQuery: [`productId:${PRODUCT}`] },
        AccessLevelFilter: { Key: 'Account', Value: 'self' },
        PageSize: 100,
      },
    ]);
    const refused = answering(denied).access.provisionedOf(PRODUCT);
    await expectRejected(refused, `list what is provisioned of the product ${PRODUCT}`, 'policies');
  });

  it('is asked in the home region of Control Tower', async () => {
    const world = new OrganizationWorld();
    expect(await serviceCatalogProductAccess(world.caller(), HOME).portfoliosOf(PRODUCT)).toHaveLength(1);
    expect(await serviceCatalogProductAccess(world.caller(), 'eu-west-1').portfoliosOf(PRODUCT)).toBeUndefined();
    expect(world.callsOf('ListPortfoliosForProduct').map(({ region }) => region)).toContain('eu-west-1');
    for (const region of ['eu-west-1', undefined]) {
      await serviceCatalogAccountFactory(world.caller(), region).describeProduct(PRODUCT).catch(String);
    }
    expect(world.callsOf('ListProvisioningArtifacts').map(({ region }) => region)).toEqual(['eu-west-1', HOME]);
  });
});

const artifact = (Id: string, CreatedTime?: number, changes: object = {}) => ({
  Id,
  Active: true,
  Guidance: 'DEFAULT',
  ...changes,
  ...(CreatedTime === undefined ? {} : { CreatedTime }),
});

describe('what of the Account Factory is provisioned', () => {
  it.each([
    ['the newest', [artifact('pa-1', 1), artifact('pa-3', 3), artifact('pa-2', 2)], 'pa-3'],
    ['the first of one age', [artifact('pa-1', 1), artifact('pa-2', 1)], 'pa-1'],
    ['the one whose age is known', [artifact('pa-1'), artifact('pa-2', 2), artifact('pa-3')], 'pa-2'],
    ['none that is said to be active nowhere', [artifact('pa-1', 1, { Active: undefined })], null],
  ])('is %s', async (_, ProvisioningArtifactDetails, artifactId) => {
    const { factory } = answering(answer({ ProvisioningArtifactDetails }), answer({}));
    expect(await factory.describeProduct(PRODUCT)).toEqual({ artifactId, launchPathId: null });
  });

  it('is by the same launch path each time, in whatever order they come', async () => {
    const { factory, asked } = answering(
      answer({}),
      answer({ LaunchPathSummaries: [{ Id: 'lpv3-b' }, {}], NextPageToken: 'two' }),
      answer({ LaunchPathSummaries: [{ Id: 'lpv3-a' }] }),
    );
    expect(await factory.describeProduct(PRODUCT)).toEqual({ artifactId: null, launchPathId: 'lpv3-a' });
    expect(asked()).toEqual([
      ['ListProvisioningArtifacts', { ProductId: PRODUCT }],
      ['ListLaunchPaths', { ProductId: PRODUCT }],
      ['ListLaunchPaths', { ProductId: PRODUCT, PageToken: 'two' }],
    ]);
  });

  it('is not taken for missing where it may not be seen', async () => {
    const doing = `look at the Account Factory product ${PRODUCT}`;
    await expectRejected(answering(denied).factory.describeProduct(PRODUCT), doing, 'policies');
    await expectRejected(answering(answer({}), denied).factory.describeProduct(PRODUCT), doing, 'policies');
  });
});

describe('an operation of the Account Factory', () => {
  const started = answer({ RecordDetail: { RecordId: 'rec-1' } });
  const product: ProvisionedProduct = {
    id: 'pp-1',
    name: 'one',
    status: 'TAINTED',
    lastRecordId: null,
    accountId: MEMBER,
    hasSucceeded: true,
  };
  const request: EnrollmentRequest = {
    productId: PRODUCT,
    artifactId: 'pa-1',
    launchPathId: 'lpv3-a',
    token: 'one-1',
    parameters: { AccountName: 'member', ManagedOrganizationalUnit: '' },
  };
  const common = { ProductId: PRODUCT, ProvisioningArtifactId: 'pa-1', PathId: 'lpv3-a' };

  it('says what is wanted, under the token that makes it one', async () => {
    const { factory, asked } = answering(started);
    expect(await factory.provision(request)).toEqual({ recordId: 'rec-1' });
    expect(await factory.update(product, request)).toEqual({ recordId: 'rec-1' });
    expect(await factory.terminate(product, 'one-2')).toEqual({ recordId: 'rec-1' });
    expect(asked()).toEqual([
      [
        'ProvisionProduct',
        {
          ...common,
          ProvisionedProductName: 'one-1',
          ProvisionToken: 'one-1',
          ProvisioningParameters: [
            { Key: 'AccountName', Value: 'member' },
            { Key: 'ManagedOrganizationalUnit', Value: '' },
          ],
        },
      ],
      [
        'UpdateProvisionedProduct',
        {
          ...common,
          ProvisionedProductId: 'pp-1',
          UpdateToken: 'one-1',
          ProvisioningParameters: ['AccountName', 'ManagedOrganizationalUnit'].map((Key) => ({
            Key,
            UsePreviousValue: true,
          })),
        },
      ],
      ['TerminateProvisionedProduct', { ProvisionedProductId: 'pp-1', TerminateToken: 'one-2' }],
    ]);
  });

  it('names what it was, where it is refused or answers nothing', async () => {
    await expectRejected(answering(denied).factory.provision(request), 'refused to provision one-1', 'policies');
    await expectRejected(answering(denied).factory.update(product, request), 'refused to update one', 'policies');
    await expectRejected(answering(denied).factory.terminate(product, 't'), 'refused to take back one', 'policies');
    await expectRejected(answering(denied).factory.describeRecord('rec-1'), 'describe the record rec-1', 'policies');
    await expect(answering(answer({})).factory.provision(request)).rejects.toThrow('without a record');
    const gone = answering(awsError('ResourceNotFoundException')).factory;
    await expect(gone.terminate(product, 't')).rejects.toThrow('one is gone already');
    await expectRejected(gone.provision(request), 'ResourceNotFoundException', 'AWS does not have');
  });

  it.each(['ResourceInUseException', 'OperationInProgressException'])('waits where AWS says %s', async (code) => {
    const { factory } = answering(awsError(code));
    expect(await factory.provision(request)).toBe('busy');
    expect(await factory.update(product, request)).toBe('busy');
    expect(await factory.terminate(product, 'one-2')).toBe('busy');
  });

  it.each([
    [undefined, 'IN_PROGRESS', null, false],
    [{ Status: 'IN_PROGRESS_IN_ERROR' }, 'IN_PROGRESS', null, false],
    [{ Status: 'SUCCEEDED' }, 'SUCCEEDED', null, false],
    [
      { Status: 'FAILED', RecordErrors: [{ Code: 'A', Description: 'first' }, {}, { Code: 'B', Description: 'last' }] },
      'FAILED',
      'A: first; : ; B: last',
      false,
    ],
    [
      { Status: 'FAILED', RecordErrors: [{ Code: 'ResourceInUse', Description: 'wait' }] },
      'FAILED',
      'ResourceInUse: wait',
      true,
    ],
  ])('that answers %j is %s', async (RecordDetail, state, error, wasBusy) => {
    const { factory, asked } = answering(answer({ RecordDetail }));
    expect(await factory.describeRecord('rec-1')).toEqual({ state, wasBusy, error });
    expect(asked()).toEqual([['DescribeRecord', { Id: 'rec-1' }]]);
  });
});

describe('a search for provisioned products', () => {
  const named = (Name: string, changes: object = {}) => ({ Id: `pp-${Name}`, Name, Status: 'TAINTED', ...changes });
  const search = (query: string) => ({
    Filters: { SearchQuery: [query] },
    AccessLevelFilter: { Key: 'Account', Value: 'self' },
  });

  it('goes on by the own name where no product has the account, and one is given', async () => {
    const none = answer({ ProvisionedProducts: [] });
    const { factory, asked } = answering(none, none, answer({ ProvisionedProducts: [named('one')] }));
    expect(await factory.findByAccount(MEMBER)).toBeUndefined();
    expect(await factory.findByAccount(MEMBER, 'one')).toMatchObject({ id: 'pp-one' });
    expect(asked().map(([, body]) => body)).toEqual([
      search(`physicalId:${MEMBER}`),
      search(`physicalId:${MEMBER}`),
      search('name:one'),
    ]);
  });

  it('takes of what is found that of this very account, and of this very name', async () => {
    const products = ['1', MEMBER].map((PhysicalId) => named('one', { PhysicalId }));
    const { factory } = answering(answer({ ProvisionedProducts: [named('on'), ...products, named('one2')] }));
    expect(await factory.productsOf(MEMBER)).toMatchObject([{ accountId: MEMBER }]);
    expect(await factory.findByName('one')).toMatchObject({ accountId: '1' });
    expect(await factory.findByName('none')).toBeUndefined();
    expect(await answering(answer({})).factory.findByAccount(MEMBER, 'one')).toBeUndefined();
  });

  it.each([
    ['PLAN_IN_PROGRESS', 'UNDER_CHANGE'],
    ['UNDER_CHANGE', 'UNDER_CHANGE'],
    ['AVAILABLE', 'AVAILABLE'],
    ['ERROR', 'ERROR'],
  ])('finds one that is %s as %s', async (Status, status) => {
    const { factory } = answering(
      answer({ NextPageToken: 'two' }),
      answer({ ProvisionedProducts: [named('one', { Status })] }),
    );
    expect(await factory.findByName('one')).toMatchObject({ status });
  });

  it('says what it was looking for where it is refused', async () => {
    const call = answering(denied).factory.findByName('one');
    await expectRejected(call, 'search provisioned products (name:one)', 'policies');
  });
});
