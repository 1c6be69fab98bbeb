import { SandboxError } from '../../sandbox/runtime/ministack/sandbox-error';
import { refuseUnknown } from './known-names';

const known = { parts: ['mutations', 'seeds'], mutations: ['fence-removed', 'seal-editable'] };

describe('the names of what is to be examined', () => {
  it('may be none, or any that there are', () => {
    expect(() => {
      refuseUnknown([], known);
    }).not.toThrow();
    expect(() => {
      refuseUnknown(['seeds', 'seal-editable'], known);
    }).not.toThrow();
  });

  it('are refused where one is misspelt, also beside good ones, with those that there are', () => {
    const ask = (): void => {
      refuseUnknown(['seeds', 'fence-remooved'], known);
    };
    expect(ask).toThrow(SandboxError);
    expect(ask).toThrow(
      'There is no fence-remooved to be examined. There is:\n  mutations\n  seeds\nand, one by one, of the mutations:\n  fence-removed\n  seal-editable',
    );
  });
});
