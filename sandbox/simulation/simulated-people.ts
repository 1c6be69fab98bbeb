import type { Rng } from './rng';

export interface Person {
  readonly meshIdentifier: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly roles: string[];
}

const FIRST_NAMES = ['Adaeze', 'Bjarne', 'Chiara', 'Dariusz', 'Eleni', 'Farouk', 'Ginevra', 'Hideo'] as const;
/** These names occur nowhere but in people, so that one of them found elsewhere is leaked personal data. */
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
export function simulatedPeople(rng: Rng, tenantNumber: number): readonly [Person, ...Person[]] {
  const others = Array.from({ length: rng.between(0, 2) }, (_, index) => person(rng, `${tenantNumber}-${index + 2}`));
  return [person(rng, `${tenantNumber}-1`), ...others];
}

function person(rng: Rng, identifier: string): Person {
  const firstName = rng.oneOf(FIRST_NAMES);
  const lastName = rng.oneOf(LAST_NAMES);
  const username = `${firstName}.${lastName}.${identifier}`.toLowerCase();
  return {
    meshIdentifier: `u-${identifier}`,
    username,
    firstName,
    lastName,
    email: `${username}@corp.example`,
    roles: [rng.oneOf(ROLES)],
  };
}

/** Whether a text names one of these people. */
export function namesPeople(text: string): boolean {
  const lowerCase = text.toLowerCase();
  return LAST_NAMES.some((name) => lowerCase.includes(name.toLowerCase()));
}
