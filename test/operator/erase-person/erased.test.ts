import { erased, fieldsNaming } from '../../../operator/erase-person/erased';
import { personOf } from '../../../operator/erase-person/person';

const jane = { meshIdentifier: 'u-1', username: 'jane', euid: 'jane@corp.example', email: 'Jane.Doe@corp.example' };
const person = personOf(['jane@corp.example'], [jane]);
const by = { person, pseudonym: 'erased-1' };

describe('who a person is', () => {
  it('follows from any of the names, by the meshIdentifier also under an earlier e-mail', () => {
    const before = { ...jane, email: 'jane.maiden@corp.example', euid: null };
    const other = { meshIdentifier: 'u-2', username: 'jane', email: 'jane.roe@corp.example' };

    expect([...personOf(['JANE@corp.example'], [jane, before, other]).names].toSorted()).toEqual([
      'jane',
      'jane.doe@corp.example',
      'jane.maiden@corp.example',
      'jane@corp.example',
      'u-1',
    ]);
  });

  it('is what was given where nobody is known any more', () => {
    expect([...personOf(['9067-f00'], []).names]).toEqual(['9067-f00']);
  });
});

describe('content without a person', () => {
  it.each([
    ['at the end of a sentence', 'Added jane@corp.example.', 'Added erased-1.'],
    ['in any case', 'JANE@corp.example is unknown', 'erased-1 is unknown'],
    ['twice', 'u-1, u-1', 'erased-1, erased-1'],
    ['not as a part of another name', 'u-10 mary.jane@corp.example xjane', 'u-10 mary.jane@corp.example xjane'],
    ['not as a part of a longer domain', 'jane@corp.example.org', 'jane@corp.example.org'],
  ])('says of somebody else what it said: %s', (_, message, without) => {
    expect(erased({ message }, by)).toEqual({ message: without });
  });

  it('leaves a word alone that is a username elsewhere', () => {
    const content = { workspaceIdentifier: 'jane', tags: { owner: 'jane@corp.example' } };

    expect(erased(content, by)).toEqual({ workspaceIdentifier: 'jane', tags: { owner: 'erased-1' } });
  });

  it('has the callers of the API without the person, who may be a session of a role', () => {
    const session = 'arn:aws:sts::111111111111:assumed-role/Operator/';

    expect(erased({ requestedBy: `${session}jane`, replayedBy: `${session}janet` }, by)).toEqual({
      requestedBy: `${session}erased-1`,
      replayedBy: `${session}janet`,
    });
  });

  it('keeps the roles of user permissions, and nobody else changes', () => {
    const roles = ['admin'];
    const other = { meshIdentifier: 'u-2', username: 'omar', firstName: 'Omar', roles };
    const userPermissions = [{ ...jane, firstName: 'Jane', lastName: 'Doe', roles }, other];

    expect(erased({ userPermissions }, by)).toEqual({
      userPermissions: [
        {
          meshIdentifier: 'erased-1',
          username: 'erased-1',
          euid: null,
          email: null,
          firstName: null,
          lastName: null,
          roles,
        },
        other,
      ],
    });
  });

  it('keeps somebody else of the same username', () => {
    const other = { meshIdentifier: 'u-2', username: 'jane', email: 'jane.roe@corp.example', roles: ['admin'] };

    expect(erased({ userPermissions: [other] }, by)).toEqual({ userPermissions: [other] });
  });

  it('has the map of members to people without both', () => {
    const plan = { meshIdentifiers: { 'jane@corp.example': 'u-1', 'omar@corp.example': 'u-2' } };

    expect(erased({ plan }, by)).toEqual({
      plan: { meshIdentifiers: { 'erased-1': 'erased-1', 'omar@corp.example': 'u-2' } },
    });
  });

  it('may be changed in one field alone', () => {
    const content = { desiredState: { projectCreatorEmail: 'jane@corp.example', tags: ['jane@corp.example'] } };
    const after = erased(content, by, 'desiredState.projectCreatorEmail');

    expect(after).toEqual({ desiredState: { projectCreatorEmail: 'erased-1', tags: ['jane@corp.example'] } });
    expect(fieldsNaming(after, person)).toEqual(['desiredState.tags']);
  });
});
