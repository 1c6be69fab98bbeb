import {
  mapperValues,
  placeholderValues,
  renderedPattern,
} from '../../../../functions/domain/planning/rendered-pattern';
import { type Change, desiredState } from '../examples';

describe('a pattern with the values of a request', () => {
  const values = new Map([
    ['workspaceIdentifier', 'retail'],
    ['tagName', 'x'.repeat(30)],
  ]);

  it('is rendered', () => {
    expect(renderedPattern('f', 'a-#{workspaceIdentifier}', values)).toEqual({ value: 'a-retail', faults: [] });
  });

  it.each([
    ['meshProjectId', 'meshProjectId', 'Add it'],
    ['platform', 'tenant.status.tenantName', 'Add it'],
    [
      'tagCostCenter',
      'project.spec.tags.costCenter',
      "Add the tag 'costCenter' to project, payment method, workspace or tenant",
    ],
  ])('needs a value for %s', (placeholder, field, remedy) => {
    const message = `is missing, but accountAliasPattern uses #{${placeholder}}. ${remedy}, or take the placeholder out of the pattern.`;
    expect(renderedPattern('accountAliasPattern', `#{${placeholder}}`, values)).toEqual({
      value: '',
      faults: [{ field, message }],
    });
  });

  it('needs a format that fits the value', () => {
    const { value, faults } = renderedPattern('f', '#{workspaceIdentifier:%d}', values);
    expect(value).toBe('');
    expect(faults).toEqual([
      {
        field: 'f',
        message: expect.stringMatching(/^is '#\{workspaceIdentifier:%d\}', whose .*\. Change the format\.$/) as unknown,
        value: '#{workspaceIdentifier:%d}',
      },
    ]);
  });
});

describe('the values of a request', () => {
  const values = (...changes: readonly Change[]) =>
    Object.fromEntries(placeholderValues(desiredState(...changes), new Map([['tagA', 'b']])));

  it('are its identifiers and numbers', () => {
    expect(values()).toEqual({
      tagA: 'b',
      workspaceIdentifier: 'retail',
      projectIdentifier: 'webshop-dev',
      tenantPlatformNumber: 42,
      rand: expect.stringMatching(/^[0-9a-z]{50}$/) as unknown,
      platform: 'aws',
      meshProjectId: 1003,
    });
  });

  it.each([
    ['retail.webshop-dev.aws.eu', 'aws'],
    ['retail.webshop-dev.aws', 'aws'],
    ['retail.webshop-dev', undefined],
    ['retail.webshop-dev..eu', undefined],
  ])('have the platform of %s: %s', (tenantName, platform) => {
    const found = values(['tenant.status.tenantName', tenantName]);
    expect(found['platform']).toBe(platform);
    expect(Object.keys(found).includes('platform')).toBe(platform !== undefined);
  });

  it('have no number of the project where it has none', () => {
    expect(Object.keys(values(['meshProjectId', undefined]))).not.toContain('meshProjectId');
  });
});

describe('the values of tag mappers', () => {
  const OWNERS = Object.fromEntries(mapperValues(desiredState(), new Map())) as Record<string, string>;
  const values = (...changes: readonly Change[]) =>
    Object.fromEntries(mapperValues(desiredState(...changes), new Map([['tagA', 'b']])));
  const payment = {
    metadata: { name: 'pay' },
    spec: { displayName: 'Pay', expirationDate: '2030-01-01', amount: 100, tags: {} },
  };

  it('are names and identifiers, and none where nobody knows', () => {
    expect(values(['paymentMethod', payment])).toMatchObject({
      tagA: 'b',
      projectIdentifier: 'webshop-dev',
      projectName: 'Webshop Dev',
      workspaceIdentifier: 'retail',
      workspaceName: 'Retail',
      landingZoneName: 'aws-dev',
      landingZoneIdentifier: 'aws-dev',
      paymentIdentifier: 'pay',
      paymentName: 'Pay',
      paymentExpirationDate: '2030-01-01',
      paymentAmount: '100',
    });
    const others = Object.entries(OWNERS).filter(([name]) => /owner/iu.test(name));
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(([, value]) => value === 'none')).toBe(true);
  });

  it('are none of a payment method that is not there', () => {
    expect(values(['paymentMethod', undefined])).toMatchObject({
      paymentIdentifier: 'retail-2026',
      paymentName: 'none',
      paymentExpirationDate: 'none',
      paymentAmount: 'none',
    });
    expect(values(['paymentMethod', undefined], ['project.spec.paymentMethodIdentifier', undefined])).toMatchObject({
      paymentIdentifier: 'none',
    });
  });
});
