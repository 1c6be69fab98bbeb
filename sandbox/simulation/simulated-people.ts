import type { Chance } from './chance';

export interface Person {
  readonly meshIdentifier: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly roles: string[];
}

const FIRST_NAMES = ['Adaeze', 'Bjarne', 'Chiara', 'Dariusz', 'Eleni', 'Farouk', 'Ginevra', 'Hideo'] as const;
/** Found nowhere but in people: whoever finds one of them elsewhere has found personal data. */
const LAST_NAMES = [
  'Okonkwo',
  'Lindqvist',
  'Papadakis',
  'Wojciechowski',
  'Haddadin',
  'Takahashi',
  'Fioravanti',
] as const;
const ROLES = ['admin', 'user', 'reader'] as const;

/** One to three people of a tenant. */
export function simulatedPeople(chance: Chance, tenantNumber: number): readonly [Person, ...Person[]] {
  const others = Array.from({ length: chance.between(0, 2) }, (_, index) =>
    person(chance, `${tenantNumber}-${index + 2}`),
  );
  return [person(chance, `${tenantNumber}-1`), ...others];
}

function person(chance: Chance, identifier: string): Person {
  const firstName = chance.oneOf(FIRST_NAMES);
  const lastName = chance.oneOf(LAST_NAMES);
  const username = `${firstName}.${lastName}.${identifier}`.toLowerCase();
  return {
    ...{ meshIdentifier: `u-${identifier}`, username, firstName, lastName, email: `${username}@corp.example` },
    roles: [chance.oneOf(ROLES)],
  };
}

/** Whether a text names one of these people. */
export function namesPeople(text: string): boolean {
  const lowerCase = text.toLowerCase();
  return LAST_NAMES.some((name) => lowerCase.includes(name.toLowerCase()));
}
