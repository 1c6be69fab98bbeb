import { noArguments } from '../../../sandbox/commands/no-arguments';

describe('a command that takes no arguments', () => {
  it('is content without', () => {
    expect(() => {
      noArguments('price', []);
    }).not.toThrow();
  });

  it('names what it was given', () => {
    expect(() => {
      noArguments('price', ['--tenants', '5']);
    }).toThrow('npm run price takes no arguments, but was given --tenants 5. Run it without.');
  });
});
