import type { ServiceName } from '../../conformance/case';

/** Why an emulator answers otherwise than AWS. */
export interface Explanation {
  /** One sentence about the emulator. */
  readonly why: string;
  /** The cases that differ for this reason alone, by their names. Who says otherwise is the evidence of each. */
  readonly cases: readonly string[];
}

export type EmulatorName = 'moto' | 'ministack';

const because = (why: string, ...cases: readonly string[]): Explanation => ({ why, cases });

/**
 * What was read in the sources of both emulators, in the versions of `sandbox/requirements.in`. The names in backticks
 * are those of their functions.
 */
export const explanations: Readonly<
  Record<EmulatorName, Readonly<Partial<Record<ServiceName, readonly Explanation[]>>>>
> = {
  moto: {
    organizations: [
      because(
        'A consequence of an earlier case: moto had closed its management account.',
        'a right to close accounts can be one to those with a tag alone',
      ),
      because(
        "`list_accounts` reads the member's own backend, which is empty, and never checks the caller.",
        'a member may not ListAccounts',
      ),
      because(
        '`list_roots` hands a member over to the backend of its management account, and never checks the caller.',
        'a member may not ListRoots',
      ),
      because(
        "Ids are looked up in the member's own backend, which is empty, so they are not found, and the caller is never checked.",
        'a member may not DescribeAccount',
        'a member may not ListTagsForResource',
      ),
      because(
        "A member's backend has no organization, and `close_account` says so before it checks the caller.",
        'a member may not CloseAccount',
      ),
      because(
        '`list_policies_for_target` has an error for each kind of target; AWS has one for all.',
        'policies are those of a target that is there',
      ),
      because(
        '`list_delegated_administrators` reads neither MaxResults nor NextToken.',
        'delegated administrators come in pages of 20 at most',
      ),
      because(
        "`create_organizational_unit` does not compare the name with its siblings'; only `update_organizational_unit` knows this error.",
        'two units of one name cannot have one parent',
      ),
      because('`create_organizational_unit` does not count levels.', 'units nest five levels deep, and no deeper'),
      because(
        'Tags become a dictionary, in which the later value of a key wins.',
        'a tag key that comes twice makes no unit',
      ),
      because(
        '`delete_organizational_unit` removes the unit from its list, whatever is in it.',
        'a unit with units in it is not deleted',
        'a unit with an account in it is not deleted',
      ),
      because(
        '`create_organizational_unit` does not look for the parent.',
        'a unit is refused for a parent that is not there, and none is made',
        'a unit is refused for a parent that is no id, and none is made',
        'a unit is refused for an account as its parent, and none is made',
      ),
      because(
        '`create_organizational_unit` does not validate the name.',
        'what is wrong with a value is told by its reason',
        'a unit is refused for a name of 129 characters, and none is made',
        'a unit is refused for an empty name, and none is made',
      ),
      because('A unit is looked up without a check of the form of its id.', 'what is no id of a unit is not described'),
      because(
        '`tag_resource` puts all tags into a dictionary: it has neither a limit nor rules for keys and values.',
        'a resource has fifty tags, and no more',
        'tags are refused for a key of AWS, all of them',
        'tags are refused for a key of AWS in capital letters, all of them',
        'tags are refused for a key that comes twice, all of them',
        'tags are refused for an empty key, all of them',
        'tags are refused for a key of 129 characters, all of them',
        'tags are refused for a value of 257 characters, all of them',
        'tags are refused for a sign that is not allowed, all of them',
        'tags are refused for fifty-one tags at once, all of them',
      ),
      because(
        '`close` sets the state SUSPENDED at once; its own comment says that AWS has PENDING_CLOSURE first.',
        'an account is made with its tags, comes to the root, and can be entered by its access role',
      ),
      because(
        '`create_account` makes the account at once, and compares no addresses: each request has succeeded from the first answer on.',
        'a second request for an address fails while the first one is carried out, in whatever case it is written',
        'an account is asked for in as many characters as there may be, and with fifty tags',
        'signs that an address cannot have make no account, and the request says so later',
        'an e-mail address that an account has makes no other, and the request says so later',
        'a request in progress has neither account nor end',
        'requests are listed by their state',
        'an e-mail address is the same in capital letters',
        'requests come page by page, each as it is described',
        'five accounts are made at a time',
      ),
      because(
        '`create_account` checks nothing of its input.',
        'an account is refused at once for an e-mail address without a domain',
        'an account is refused at once for an e-mail address of five characters',
        'an account is refused at once for an e-mail address of 65 characters',
        'an account is refused at once for an e-mail address with a blank',
        'an account is refused at once for an empty name',
        'an account is refused at once for a name of 51 characters',
        'an account is refused at once for a name with a letter beyond ASCII',
        'an account is refused at once for a role name with a slash',
        'an account is refused at once for a role name of 65 characters',
        'an account is refused at once for a role name of AWS',
        'an account is refused at once for access to billing that is neither ALLOW nor DENY',
        'an account is refused at once for a tag of AWS',
        'an account is refused at once for a tag key that comes twice',
        'an e-mail address that a mailbox cannot have makes no account, and the request says so later',
      ),
      because(
        'A request is looked up among the accounts, and what is not found there is an account that is not found.',
        'a request that is not there has no status',
        'what is no id of a request is refused',
      ),
      because('`list_create_account_status` takes any MaxResults.', 'requests come in pages of 20 at most'),
      because(
        '`move_account` sets the new parent, and compares none with the present one.',
        'an account is not moved to where it is',
        'an account is not moved from where it is not',
      ),
      because(
        'A consequence of the case before: moto had moved the account into the unit, so that it is no longer in the root.',
        'an account is not moved to what is not there',
      ),
      because(
        'A consequence of the case before: moto had deleted the unit that the account is moved to.',
        'an account that is not there is not moved',
      ),
      because(
        'A consequence of an earlier case: moto had deleted the unit with the account in it, and the account has no way back to the root.',
        'a new account is in the list, as it is described',
      ),
      because('`describe` answers Status and State; AWS has taken Status away.', 'accounts have State, and no Status'),
      because('`describe` has no Paths.', 'an account tells its path'),
      because(
        "The management account is made like all others, with JoinedMethod CREATED; AWS's own examples have INVITED.",
        'the management account was invited, says AWS',
      ),
      because('An account is looked up without a check of the form of its id.', 'what is no account id is refused'),
      because('The paginator takes any MaxResults.', 'accounts come in pages of 20 at most'),
      because(
        'The paginator of moto has an error of its own, InvalidToken, for all services.',
        'a token that no page has given is refused',
      ),
      because('`close_account` closes every account of its list.', 'the management account is not closed'),
      because(
        '`list_parents` has an error for accounts and another for units; AWS has one for both.',
        'a child that is not there has no parents',
      ),
      because(
        '`list_parents` finds the root among the units, and answers that it has no parent.',
        'the root is no child',
      ),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a right can be one to make units without tags alone',
        'a unit is made with tags only with the right to these tags',
        'a right to one account is none to another',
        'a right to a parent is one to make units in it',
        'an account is made with tags only with the right to tag',
        'an account is made with the tags that the caller may set, and with no others',
        'a unit is made with the tags that the caller may set, and with no others',
        'a right to read policies is none to read their targets',
      ),
      because(
        'A consequence of an earlier case: moto had deleted the unit of the run.',
        'a right to one unit is none to the root',
        'an account is moved with rights to it and to both parents',
        'a right to tag can be one to a value and a key',
        'a unit and its account have paths and ARNs of one organization',
      ),
      because(
        '`list_targets_for_policy` reads neither MaxResults nor NextToken.',
        'a policy tells its targets, root, units and accounts, page by page',
      ),
      because(
        'Each policy has the ARN of a policy of the organization, FullAWSAccess of AWS, too.',
        'policies are listed by their type',
      ),
      because(
        '`list_children` reads neither MaxResults nor NextToken.',
        'twenty are listed where nobody says how many',
        'children come page by page, units and accounts',
      ),
      because(
        'Calls are counted nowhere, and none is refused for being one too many.',
        'who asks too often is told so, and answered again a little later',
      ),
      because(
        '`assume_role` reads no trust policy, so that every role lets everybody in.',
        'an account that is made without a name for its access role has the one that all have, for nobody else',
      ),
      because('Units have no Path.', 'a parent has the children right below it, and no others'),
    ],
    account: [
      because(
        '`delete_alternate_contact` removes what is there, and says nothing about what is not.',
        'an alternate contact that is not there is not deleted',
      ),
      because(
        '`_get_contact_type` calls a type that it does not know AccessDeniedException.',
        'there are three types of alternate contacts',
      ),
      because('`put_alternate_contact` checks nothing of its input.', 'an alternate contact has an e-mail address'),
    ],
    sts: [
      because(
        '`assume_role` answers a PackedPolicySize of 6, whatever it is given.',
        'a session without policies and tags has no packed size',
        'what a session is opened with shares one room, and too much of it is refused',
      ),
      because(
        '`assume_role` looks for no role: its own comment says that the role need not exist.',
        'AssumeRole is refused for a role that is not there',
        'AssumeRole is refused for an account that is not there',
        'AssumeRole is refused for what is no ARN',
        'AssumeRole is refused for an ARN of a user',
        'a role that is deleted lets nobody in',
        'a role with a path is assumed by its whole ARN',
      ),
      because(
        '`assume_role` reads no trust policy.',
        'who is named by the trust of a role of its account needs no right of its own',
        'a role can let in everybody of its organization, or of one account',
        'who is refused by the trust of a role does not get in, whatever else it says',
        'a role asks for its external id',
        'a role that trusts another account lets nobody else in',
        'a trust that is taken away lets nobody in',
        'a role trusts by the name of the session',
      ),
      because(
        'The only rule for a session name is that it has no more than 64 characters.',
        'AssumeRole is refused for a session name of one character',
        'AssumeRole is refused for a session name with a blank',
      ),
      because(
        '`assume_role` takes any DurationSeconds, and does not read MaxSessionDuration.',
        'AssumeRole is refused for less than fifteen minutes',
        'AssumeRole is refused for more than twelve hours',
        'a session lasts no longer than its role allows',
        'a role that assumes another one has it for an hour at most, however long that lasts otherwise',
        'a role that allows longer sessions has longer sessions',
      ),
      because('ExternalId is stored as it comes.', 'AssumeRole is refused for an external id of one character'),
      because(
        'Policy is stored as it comes, and never read.',
        'AssumeRole is refused for a session policy that is no JSON',
        'a session policy has 2,048 characters at most',
      ),
      because(
        '`assume_role` does not read Tags.',
        'AssumeRole is refused for tag keys that differ in case alone',
        'a session has fifty tags at most',
        'session tags take a right of their own, which a trust policy may give for some tags alone',
      ),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a session may do what both its role and its policy allow',
        'a session may be limited by managed policies, and by them and a policy together',
        'who a caller is it is told without any right to it, and whatever denies it',
        'a session may be limited by a managed policy of the account of its role, too',
        'a session in a member is limited by its policy, though its role may do everything',
        'a role assumes those that it has a right to',
      ),
      because(
        'Every region is enabled in every account.',
        'a region that the account of the role has not enabled gives no session',
      ),
      because(
        '`assume_role` does not read PolicyArns.',
        'a session is opened with ten managed policies at most, and with tags of some length',
      ),
    ],
    iam: [
      because(
        "One serializer writes the role into every answer; AWS leaves MaxSessionDuration out of CreateRole's.",
        'CreateRole does not tell how long sessions last, GetRole does',
      ),
      because(
        '`put_role_policy` does not add up the inline policies.',
        'inline policies have exactly 10,240 characters together, without blanks, and one that is replaced frees its own',
        'the inline policies of a role have 10,240 characters together',
      ),
      because(
        '`attach_role_policy` looks up any text among its ARNs, so that what is no ARN is not found.',
        'a policy that is not there is not attached',
      ),
      because(
        'A boundary has to look like the ARN of a policy, and is not looked for.',
        'a boundary is a policy that is there',
        'a role is refused for a boundary that is not there, and none is made',
      ),
      because(
        '`create_role` does not validate the trust policy; `update_assume_role_policy` does.',
        'trust has exactly 2,048 characters',
        'a role is refused for trust that is no JSON, and none is made',
        'a role is refused for trust without a principal, and none is made',
      ),
      because(
        '`create_role` does not validate Path.',
        'a role is refused for a path that begins without a slash, and none is made',
      ),
      because(
        '`create_role` does not validate MaxSessionDuration.',
        'a role is refused for sessions of less than an hour, and none is made',
        'a role is refused for sessions of more than twelve hours, and none is made',
      ),
      because('`create_role` does not validate RoleName.', 'a role name has 64 characters at most, and no blanks'),
      because(
        '`random_policy_id` begins every id with A; AWS begins those of managed policies with ANPA.',
        'a managed policy is made, and read as it was made',
      ),
      because(
        'Policies are kept by their ARN, so that one name can be there twice with different paths.',
        'a name is that of one managed policy, whatever its path',
      ),
      because(
        '`delete_policy` checks only that the policy is there.',
        'a managed policy that is attached is not deleted, and counts its roles',
        'a managed policy that is a boundary is not deleted',
        'a policy with several versions is not deleted',
      ),
      because(
        '`create_policy` does not count characters.',
        'a managed policy is refused for more than 6,144 characters, and none is made',
      ),
      because(
        '`create_policy` does not validate Path.',
        'a managed policy is refused for a path without a slash at its end, and none is made',
      ),
      because(
        '`list_account_aliases` answers no IsTruncated, which AWS always answers; what the alias is refused for is not reached.',
        'an account has an alias, until it is deleted',
        'an account has one alias: another one takes its place',
        'an alias is refused for capital letters',
        'an alias is refused for two hyphens in a row',
        'an alias is refused for a hyphen at its end',
        'an alias is refused for two characters',
        'an alias is refused for 64 characters',
      ),
      because(
        'Each account keeps its alias to itself, and no other is looked at.',
        "an alias that an account has is no other account's",
      ),
      because(
        '`delete_account_alias` empties the list, whatever it is told.',
        'an alias that the account does not have is not deleted',
      ),
      because('`create_saml_provider` replaces a provider of the same name.', 'a SAML provider has a name of its own'),
      because('`create_saml_provider` does not read the metadata.', 'metadata that are none make no SAML provider'),
      because(
        '`delete_saml_provider` goes through its list, and says nothing where it finds none.',
        'a SAML provider that is not there is neither updated nor deleted',
      ),
      because('`create_role` compares names as they are.', 'names of roles are compared without their case'),
      because('`create_policy` compares ARNs as they are.', 'names of policies are compared without their case'),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'what both the old and the new policy allow is allowed all the time',
        'a managed policy that is attached again is in force all the time, and one that is detached is not',
        'a role has the rights of the version that counts, whichever was made last',
        'a denial is stronger than any right',
        'a boundary gives no right of its own, and is as its default version says',
        'actions are named in any case, and by parts',
        'a right to roles of one path is none to those of another',
        'a role with a boundary is changed by those who may change such roles',
        'a right to one role is none to another',
        'a right to attach can be one to some policies alone',
        'a right to a role can be one to roles with a boundary alone',
        'a right to one policy is none to another',
        'a boundary is the most that a role may do',
        'a right that is taken away is gone, and another is there',
      ),
      because('`list_role_policies` reads neither MaxItems nor Marker.', 'inline policies come page by page'),
      because(
        '`list_policies` takes a Scope that it does not know for All.',
        'managed policies come page by page, and by their path',
      ),
      because(
        '`quote` leaves a slash as it is, where AWS encodes it.',
        'signs that a URL does not have are encoded in capital letters',
      ),
      because(
        'A password policy without an age has the MaxPasswordAge 0, where AWS has none.',
        'an account has no password policy, until it is given one, and what is left out has its default',
      ),
      because(
        'Lists compare PathPrefix with the paths, and have no rule for it.',
        'roles are found by what their path begins with, and not by what it ends with',
        'attached policies are found by what their path begins with',
        'managed policies are found by what their path begins with, and not by what it ends with',
      ),
      because(
        '`attach_role_policy` does not count policies.',
        'a role has twenty managed policies, and no more, and one of them again is none more',
      ),
      because(
        '`create_policy_version` does not count characters.',
        'a managed policy has exactly 6,144 characters, without blanks',
      ),
      because(
        'The validator of policies demands a Version, which AWS takes for 2008-10-17 where there is none.',
        'a hundred are listed where nobody says how many',
      ),
      because(
        '`create_role` does not validate Description.',
        'names, paths and descriptions are as long as they may be, and no longer',
      ),
      because(
        'A new account gets no role of Organizations.',
        'a role of a service is changed by nobody but the service',
      ),
      because(
        '`create_account_alias` has no rule for an alias.',
        "an alias is no account's id, and no other account's in the whole partition",
      ),
      because('`update_saml_provider` does not read the metadata.', 'a right to one SAML provider is none to another'),
    ],
    cloudformation: [
      because(
        '`build_resource_diff` compares templates without their conditions: a resource whose condition no longer holds stays.',
        'a resource is made where its condition holds, and goes when it no longer does',
      ),
      because(
        '`list_stack_instances` reads neither StackInstanceAccount nor StackInstanceRegion: its own comment says so.',
        'instances of two accounts in two regions are listed by account and region, while they change, too',
      ),
      because(
        '`describe_change_set` looks for a change set among all, and has a ValidationError for what it does not find.',
        'a stack is listed in its region alone, and one of its change sets goes without the others',
        'a change set is made of a template of 51,200 bytes, and without IAM it needs no capability',
      ),
      because(
        'A change set is made of any template: neither the types of its resources nor its length nor the parameter store are looked at.',
        'no change set is made of a resource of a type that there is not',
        'no change set is made of a template of more than 51,200 bytes',
        'no change set is made of a parameter that the parameter store does not have',
        'no change set is made of a parameter of the parameter store without a name',
      ),
      because(
        'A resource of a type that moto does not know, such as a project of CodeBuild, is left out of the stack.',
        'a stack has a project of CodeBuild, whose name no other has',
      ),
      because(
        'A stack set in a template makes none, so that no other resource fails for it.',
        'a stack whose update fails has what it had before',
        'a stack whose stack set has instances is not deleted',
        'a stack whose stack set has a template that cannot be used is rolled back',
      ),
      because(
        '`FakeStackSet` keeps the parameters of the call, and looks for none in the template.',
        'a parameter of a stack set without a value has the default of the template',
      ),
      because(
        '`ManagedPolicy` is made from a template, and has nothing that updates it from one.',
        'a stack changes its policy more often than a policy has versions',
      ),
      because(
        'The policies of a role in a template are not read.',
        'a stack whose role has policies that IAM cannot read is rolled back',
      ),
      because(
        'Stack sets are kept by an id that is made for each, and names are not compared.',
        'two stack sets do not have one name',
      ),
      because('`managed_execution` answers that it is not active, always.', 'managed execution is as it was asked for'),
      because(
        '`list_stack_sets` does not read Status, and lists what was deleted.',
        'a stack set that is deleted is gone',
      ),
      because(
        'Instances are made without a look at the roles of their account: every operation has succeeded.',
        'an instance without an execution role fails, and tells why',
        'without preferences an operation stops at its first failure, and cancels the rest',
        'instances are listed page by page',
        'with managed execution a second operation is taken while the first runs',
        'one account of two is without a role: the other has its instance or is cancelled',
        'an operation goes on in other accounts of a region as long as it may fail',
        'an operation that has failed in more accounts than it may goes into no further region',
        'with regions in parallel each is begun, whatever becomes of the others',
        'strict tolerance begins in no more accounts than may fail, and one; soft tolerance in as many as it is told',
        'an instance without a way into its account goes only where its stack is retained',
        'an instance fails with an execution role that has no right at all',
        'an instance fails with an administration role that may not assume the execution role',
        'an instance fails with an administration role that does not trust CloudFormation',
        'an instance fails with an execution role that trusts another account',
        'an instance fails where the administration role has another path than its ARN says',
        'a way into an account that changes while operations wait is judged as it has become',
        'rights that an administration role gets later count for what begins later',
      ),
      because(
        '`create_stack_instances` does not read OperationPreferences.',
        'a preference is a number or a share of the accounts, and not both',
      ),
      because(
        '`update` goes from instance to instance, and has changed those before one that it does not find.',
        'of instances of which one is not there none is updated',
      ),
      because(
        '`to_dict` of an instance makes an id for its stack whenever that is asked for.',
        'an instance keeps its stack through updates, and has another one where it is made again',
      ),
      because(
        'Operations are over when they are answered, so that none is in progress.',
        'a second operation waits for the first, or is refused',
        'instances are deployed into two regions, changed in one, and taken away there',
        'with managed execution operations on one instance wait for each other',
      ),
      because(
        '`create_stack_instances` makes an id of its own, and does not read OperationId.',
        'the same request by the same operation id is the same operation',
        'instances are filtered by how their last operation went, by its id, and by drift',
        'the id of an operation has a form, and 128 characters at most',
      ),
      because(
        '`create_stack_instances` goes through accounts and regions without a check: for none of them it makes nothing, and succeeds.',
        'instances are refused for no account, and none are made',
        'instances are refused for no targets at all, and none are made',
        'instances are refused for no region, and none are made',
        'instances are refused for what is no account id, and none are made',
      ),
      because(
        '`create_stack_instances` takes Accounts and DeploymentTargets together.',
        'instances are refused for accounts given in two ways, and none are made',
      ),
      because(
        'Values of parameters are not compared with the template.',
        'instances are refused for a parameter that the template does not have, and none are made',
        'a stack set is refused for a parameter that the template does not have, and none is made',
        'a template has parameters of several types, in JSON and YAML',
        'values of parameters keep to the rules of the template',
      ),
      because(
        '`list_stack_sets` reads neither MaxResults nor NextToken.',
        'stack sets come page by page, and one that is active is not among the deleted',
      ),
      because(
        '`create_stack_set` stores the names of its roles without looking at them.',
        'a stack set has an execution role with a name of 64 characters at most, and no more',
        'a stack set has an administration role with an ARN of 20 characters and more, and no more',
        'a stack set has an administration role with an ARN of 2,048 characters at most, and no more',
      ),
      because(
        '`create_stack_set` does not validate the name.',
        'a stack set is refused for a name of 129 characters, and none is made',
        'a stack set has a name of 128 characters at most, and no more',
      ),
      because(
        '`create_stack_set` stores the template without reading it.',
        'a stack set is refused for a template that is none, and none is made',
        'a stack set has a template of 51,200 bytes at most, and no more',
      ),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a right to one stack set is none to another',
        'a right to one stack is none to another',
        'a right to a stack set by its id is none to one of the same name that comes later, nor to instances elsewhere',
      ),
      because(
        '`update_instances` stores the list of overrides as it comes, and does not read UsePreviousValue.',
        'a parameter that is to keep its value keeps it, and without a list all do',
      ),
      because(
        '`create_instances` reads the units of DeploymentTargets, and not its Accounts.',
        'accounts are given as targets, too, and stacks can be left behind',
      ),
      because(
        '`list_stack_instances` has no pages: its own comment says so.',
        'a stack set is that of its region and account',
      ),
      because(
        '`execute_change_set` rolls nothing back: its own comment says so.',
        'a stack whose role has a name that is taken is rolled back',
        'a stack whose policy has a name that is taken is rolled back',
      ),
      because(
        '`create_change_set` compares no names of change sets.',
        'a change set has a name that no other of its stack has, until it is deleted',
      ),
      because(
        '`create_change_set` does not read Capabilities.',
        'a stack with a role of its own name says that it may make one',
      ),
      because(
        '`create_change_set` takes a change set without a type for one that makes a stack; the default of AWS is UPDATE.',
        'a stack that is not there is neither changed nor told of',
      ),
      because(
        '`create_change_set` keeps the parameters that it is given, without the defaults of the others.',
        'a stack has a policy, a role and a stack set as its template wants them',
      ),
      because(
        'A role of a template is made without a look at its ManagedPolicyArns.',
        'what a stack has made goes when a resource of it fails',
      ),
      because(
        '`resource_class_from_type` leaves out a type that it does not know, such as stack sets.',
        'a stack whose stack set has a name that is taken is rolled back',
      ),
      because(
        'A role of a template without a Description has an empty one.',
        'a role without a name gets one of its stack, and keeps it',
      ),
    ],
    controltower: [
      because(
        'A consequence of an earlier case: moto had deleted the unit of the run.',
        'a unit that is not registered has no controls',
      ),
    ],
    'service-quotas': [
      because('`get_service_quota` knows quotas of VPCs alone.', 'a right to one quota is none to another'),
    ],
    identitystore: [
      because(
        "Names are compared as they are. AWS's pages do not say whether case counts: a run on AWS would decide.",
        'user names are compared without their case',
        'group names are compared without their case',
      ),
      because(
        '`create_user` compares the name with those of other users, and no e-mail address.',
        'an e-mail address is taken, and found, in whatever case it is written',
        'an e-mail address is that of one user',
        'what is there already violates a claim of uniqueness, and changes nothing',
      ),
      because(
        '`delete_user` removes what is there, and says nothing about what is not.',
        'a user that is deleted is gone, and the name free',
        'DeleteUser needs what is there',
        'an error says of what kind that is which is not there',
      ),
      because(
        '`delete_group` removes what is there, and says nothing about what is not.',
        'DeleteGroup needs what is there',
      ),
      because(
        '`delete_group_membership` removes what is there, and says nothing about what is not.',
        'a user leaves a group',
        'DeleteGroupMembership needs what is there',
      ),
      because('`create_group_membership` does not look whether the user is in the group.', 'a user is in a group once'),
      because(
        'Memberships are kept beside groups and users, and stay when these are deleted.',
        'the memberships of a group that is deleted are gone',
        'the memberships of a user that is deleted are gone',
      ),
      because(
        '`create_user` demands names, and validates none of them.',
        'a user is refused for a name of 129 characters, and none is made',
        'a user is refused for a name with a blank, and none is made',
        'a user is refused for a reserved name, and none is made',
        'a user is refused for another reserved name, and none is made',
        'the name of a user has 128 characters at most',
        'what a user is called has 1024 characters at most',
        'the first name of a user has 1024 characters at most',
        'the last name of a user has 1024 characters at most',
      ),
      because(
        '`create_group` compares the name with the others, and has no rule for it.',
        'a group is refused for an empty name',
        'a group is refused for a name of 1,025 characters',
        'a group is refused for a reserved name',
        'a group is refused for another reserved name',
        'the name of a group has 1024 characters at most',
      ),
      because(
        '`create_group` stores the description as it is given.',
        'the description of a group has 1024 characters at most',
      ),
      because(
        '`create_user` stores e-mail addresses as they are given, however many.',
        'a user has one e-mail address or none, and nothing is told of what it does not have',
      ),
      because(
        'Ids are looked up as they are given, whatever their form.',
        'ids, stores, paths of attributes and pages have their forms',
      ),
      because(
        '`list_group_memberships` filters by the id of a group, and does not look for the group.',
        'ListGroupMemberships needs what is there',
        'memberships are of users and groups that are there',
      ),
      because(
        '`get_group_id` looks at a display name alone, and finds nothing by another path; `get_user_id` has the error.',
        'only what is unique finds a user or a group',
      ),
      because(
        'A store that is not there is made when it is first asked for.',
        'ListGroups needs a store that is there',
        'ListUsers needs a store that is there',
        'CreateGroup needs a store that is there',
      ),
      because(
        'Each account has stores of its own, and the caller is never checked.',
        'a member may not read the store',
      ),
      because('The paginator takes any MaxResults.', 'a page has 100 items at most'),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a role without a right to it is refused',
        'a right to one group is none to another, nor to users',
      ),
    ],
    'sso-admin': [
      because(
        '`create_account_assignment` appends to a list: it counts nothing, and looks for no account.',
        'fifteen assignments are made or taken away at a time',
        'an account that is not there is assigned to nobody, nor one that is suspended',
      ),
      because(
        "The id of the identity store is made of all letters; AWS's is hexadecimal.",
        'there is an instance, with its identity store',
      ),
      because('Every account has an instance in every region.', 'another region has no instance'),
      because(
        '`generate_id` appends the permission set to the ARN of the instance, where AWS has permissionSet in the place of instance.',
        'a permission set is made, described and listed',
      ),
      because(
        '`create_permission_set` does not compare names.',
        'a permission set has a name of its own',
        'ids have their forms, and what an instance does not have is not found',
      ),
      because(
        '`create_permission_set` makes of an absent SessionDuration the number 3600; AWS has PT1H.',
        'the request for an assignment tells all of it from its beginning to its end, and so does that against it',
      ),
      because(
        '`create_account_assignment` adds one more of what is there.',
        'an assignment that is there is made again with no harm',
      ),
      because(
        '`delete_permission_set` does not look at assignments.',
        'a permission set that is assigned is not deleted',
        'assignments of two principals in one account all come about',
      ),
      because(
        'The status of an assignment is SUCCEEDED, always, and its principal is not looked for.',
        'an assignment of a group that is not there fails, at once or later',
        'with rights to read in IAM all is assigned in the management account but the first and the last of a set',
        'an assignment in the management account takes each right to read in IAM, and one more to make the role',
        'assignments and permission sets come page by page, and the last page names no further one',
      ),
      because(
        '`create_account_assignment` checks nothing of its input.',
        'an assignment is refused for a permission set that is not there, and nobody is assigned',
        'an assignment is refused for what is no account id, and nobody is assigned',
        'an assignment is refused for another kind of target, and nobody is assigned',
        'an assignment is refused for another kind of principal, and nobody is assigned',
      ),
      because(
        '`create_permission_set` checks nothing of its input.',
        'a permission set is refused for a name of 33 characters',
        'a permission set is refused for a name with a blank',
        'a permission set is refused for an empty name',
        'a permission set is refused for an empty description',
        'the name of a permission set has 32 characters at most',
        'the description of a permission set has 700 characters at most',
      ),
      because(
        '`list_account_assignments` filters by ARN, and does not look for the permission set.',
        'a permission set that is not there is neither described nor deleted nor listed',
      ),
      because(
        '`list_permission_sets` filters by ARN, and does not look for the instance.',
        'an instance that is not there has no permission sets',
      ),
      because('The paginator takes any MaxResults.', 'a page has 100 items at most'),
      because(
        'Each account has an instance of its own, and the caller is never checked.',
        'a member may neither read nor make permission sets',
      ),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a right to one permission set is none to another',
        'a right to one account is none to assign in another',
        'rights to permission sets and accounts are none to the instance that they belong to',
      ),
      because(
        'An assignment is there as soon as it is asked for, and has succeeded.',
        'a permission set is in use as long as an assignment is there, though its group and its user are gone',
        'a group is assigned to an account, later',
        'one operation on an assignment is carried out at a time',
        'an assignment in the management account takes the rights of the caller in IAM',
      ),
      because(
        '`list_account_assignments_for_principal` compares the principal, and reads no memberships.',
        'a user has what it is assigned, and what its groups are',
      ),
      because(
        'An assignment makes no role.',
        'an assignment brings a role into the account, which goes with the last one',
      ),
    ],
    ce: [
      because(
        'moto has no costs: `get_cost_and_usage` answers an empty list until its own API is told what to answer.',
        'a month that is over has a total',
        'costs are told by account and service',
        'costs are told by the kind of record',
        'costs of a day are told for each day',
        'the end of a time does not belong to it',
        'the month that is now is estimated',
        'a filter for what there is not leaves nothing',
        'a member is told its own costs alone',
        'two months are told one by one, in order',
      ),
      because('The answer that moto has for everything names no GroupDefinitions.', 'costs are told by account'),
      because(
        '`get_cost_and_usage` validates no parameter: its own comment says so.',
        'costs are not told for an end before its start',
        'costs are not told for a time that is empty',
        'costs are not told for a time that has not begun',
        'costs are not told for a time of years ago',
        'costs are not told for what is no date',
        'costs are not told for no metric',
        'costs are not told for three groupings',
        'costs are not told for a filter with two roots',
        'costs are not told for a token that is none',
      ),
      because(
        'Rights are evaluated from the call on that INITIAL_NO_AUTH_ACTION_COUNT names, which is none by itself.',
        'a role without a right to it is refused',
      ),
    ],
  },
  ministack: {
    organizations: [
      because(
        'A consequence of an earlier case: MiniStack had closed its management account.',
        'a right to close accounts can be one to those with a tag alone',
      ),
      because(
        'Every account that calls has an organization of its own, whose management account it is.',
        'a member asks for the organization, and is told',
        'a member may not ListAccounts',
        'a member may not ListRoots',
        'a member may not DescribeAccount',
        'a member may not ListTagsForResource',
        'a member may not CreateOrganizationalUnit',
        'a member may not CloseAccount',
      ),
      because(
        '`_create_organizational_unit` attaches no policy.',
        'FullAWSAccess is attached to a new unit, and to an account',
      ),
      because(
        '`_list_policies_for_target` compares Filter with the types of its policies, and refuses none.',
        'policies have a known type',
      ),
      because(
        'A policy is looked up without a check of the form of its id.',
        'what is no id of a policy is not described',
      ),
      because(
        "`_create_organizational_unit` does not compare the name with its siblings'.",
        'two units of one name cannot have one parent',
      ),
      because('`_create_organizational_unit` does not count levels.', 'units nest five levels deep, and no deeper'),
      because(
        'Tags become a dictionary, in which the later value of a key wins.',
        'a tag key that comes twice makes no unit',
      ),
      because(
        '`_list_organizational_units_for_parent` reads neither MaxResults nor NextToken.',
        'twenty are listed where nobody says how many',
        'units come page by page, each once',
      ),
      because(
        '`_delete_organizational_unit` removes the unit, whatever is in it.',
        'a unit with units in it is not deleted',
      ),
      because(
        '`_create_organizational_unit` does not look for the parent.',
        'a unit is refused for a parent that is not there, and none is made',
        'a unit is refused for a parent that is no id, and none is made',
        'a unit is refused for an account as its parent, and none is made',
      ),
      because(
        '`_create_organizational_unit` refuses an empty name, and no other.',
        'what is wrong with a value is told by its reason',
        'a unit is refused for a name of 129 characters, and none is made',
      ),
      because('A unit is looked up without a check of the form of its id.', 'what is no id of a unit is not described'),
      because(
        'Both lists filter by the id of the parent, and do not look for it.',
        'ListOrganizationalUnitsForParent needs a parent that is there',
        'ListAccountsForParent needs a parent that is there',
      ),
      because(
        '`_tag_resource` puts all tags into a dictionary: it has neither a limit nor rules for keys and values.',
        'a resource has fifty tags, and no more',
        'tags are refused for a key of AWS, all of them',
        'tags are refused for a key of AWS in capital letters, all of them',
        'tags are refused for a key that comes twice, all of them',
        'tags are refused for an empty key, all of them',
        'tags are refused for a key of 129 characters, all of them',
        'tags are refused for a value of 257 characters, all of them',
        'tags are refused for a sign that is not allowed, all of them',
        'tags are refused for fifty-one tags at once, all of them',
      ),
      because(
        'A resource is looked up without a check of the form of its id.',
        'what is no id of a resource has no tags',
      ),
      because(
        'Accounts have Status, which AWS has taken away, and no State.',
        'an account is made with its tags, comes to the root, and can be entered by its access role',
        'accounts have State, and no Status',
        'the management account is not closed',
      ),
      because(
        '`_create_account` makes the account at once, and compares no addresses: each request has succeeded from the first answer on.',
        'a second request for an address fails while the first one is carried out, in whatever case it is written',
        'an account is asked for in as many characters as there may be, and with fifty tags',
        'signs that an address cannot have make no account, and the request says so later',
        'an e-mail address that an account has makes no other, and the request says so later',
        'a request in progress has neither account nor end',
        'requests are listed by their state',
        'an e-mail address is the same in capital letters',
        'requests come page by page, each as it is described',
        'five accounts are made at a time',
      ),
      because(
        '`_create_account` demands an address and a name, and checks nothing else.',
        'an account is refused at once for an e-mail address without a domain',
        'an account is refused at once for an e-mail address of five characters',
        'an account is refused at once for an e-mail address of 65 characters',
        'an account is refused at once for an e-mail address with a blank',
        'an account is refused at once for a name of 51 characters',
        'an account is refused at once for a name with a letter beyond ASCII',
        'an account is refused at once for a role name with a slash',
        'an account is refused at once for a role name of 65 characters',
        'an account is refused at once for a role name of AWS',
        'an account is refused at once for access to billing that is neither ALLOW nor DENY',
        'an account is refused at once for a tag of AWS',
        'an account is refused at once for a tag key that comes twice',
        'an e-mail address that a mailbox cannot have makes no account, and the request says so later',
      ),
      because('A request is looked up without a check of the form of its id.', 'what is no id of a request is refused'),
      because(
        '`_move_account` looks for the source, and does not compare it with the present parent.',
        'an account is not moved from where it is not',
      ),
      because(
        'A consequence of an earlier case: MiniStack had moved the account into the unit, where it stayed.',
        'an account is not moved to what is not there',
        'a unit with an account in it is not deleted',
      ),
      because(
        'Accounts have Path, a text; AWS has Paths, a list.',
        'an account tells its path',
        'a unit and its account have paths and ARNs of one organization',
      ),
      because('An account is looked up without a check of the form of its id.', 'what is no account id is refused'),
      because(
        '`_list_accounts` reads neither MaxResults nor NextToken.',
        'accounts come in pages of 20 at most',
        'a token that no page has given is refused',
      ),
      because(
        "`_list_parents` looks among units and accounts, and the root is not found there; AWS's pattern of ChildId has no roots.",
        'the root is no child',
      ),
      because(
        'Rights are evaluated where MiniStack runs with AUTH alone, which it does not by itself.',
        'a right can be one to make units without tags alone',
        'a unit is made with tags only with the right to these tags',
        'a right to one account is none to another',
        'a right to a parent is one to make units in it',
        'a right to tag can be one to a value and a key',
        'an account is made with tags only with the right to tag',
        'an account is made with the tags that the caller may set, and with no others',
        'a unit is made with the tags that the caller may set, and with no others',
        'a right to read policies is none to read their targets',
      ),
      because(
        'Calls are counted nowhere, and none is refused for being one too many.',
        'who asks too often is told so, and answered again a little later',
      ),
      because(
        'AssumeRole reads trust policies where MiniStack runs with AUTH alone, which it does not by itself.',
        'an account that is made without a name for its access role has the one that all have, for nobody else',
      ),
      because(
        '`_list_targets_for_policy` reads neither MaxResults nor NextToken.',
        'a policy tells its targets, root, units and accounts, page by page',
      ),
      because(
        '`_list_policies` compares Filter with the types of its policies, and refuses none.',
        'policies are listed by their type',
      ),
    ],
    sts: [
      because(
        'AssumeRole answers a PackedPolicySize of 0, whatever it is given.',
        'a session without policies and tags has no packed size',
        'what a session is opened with shares one room, and too much of it is refused',
      ),
      because(
        'AssumeRole looks for the role where MiniStack runs with AUTH alone, which it does not by itself.',
        'AssumeRole is refused for a role that is not there',
        'AssumeRole is refused for an account that is not there',
        'a role that is deleted lets nobody in',
        'a role with a path is assumed by its whole ARN',
      ),
      because(
        'AssumeRole reads trust policies where MiniStack runs with AUTH alone, which it does not by itself.',
        'who is named by the trust of a role of its account needs no right of its own',
        'a role can let in everybody of its organization, or of one account',
        'who is refused by the trust of a role does not get in, whatever else it says',
        'a role asks for its external id',
        'a role that trusts another account lets nobody else in',
        'a trust that is taken away lets nobody in',
        'a role trusts by the name of the session',
        'session tags take a right of their own, which a trust policy may give for some tags alone',
      ),
      because(
        'AssumeRole has no rule for the name of a session.',
        'AssumeRole is refused for a session name of one character',
        'AssumeRole is refused for a session name of 65 characters',
        'AssumeRole is refused for a session name with a blank',
      ),
      because(
        'AssumeRole takes any DurationSeconds, and does not read MaxSessionDuration.',
        'AssumeRole is refused for less than fifteen minutes',
        'AssumeRole is refused for more than twelve hours',
        'a session lasts no longer than its role allows',
        'a role that allows longer sessions has longer sessions',
        'a role that assumes another one has it for an hour at most, however long that lasts otherwise',
      ),
      because(
        'AssumeRole does not validate the form of ExternalId.',
        'AssumeRole is refused for an external id of one character',
      ),
      because(
        'Session policies are validated where MiniStack runs with AUTH alone, which it does not by itself.',
        'AssumeRole is refused for a session policy that is no JSON',
        'a session policy has 2,048 characters at most',
      ),
      because(
        'Session tags are validated where MiniStack runs with AUTH alone, which it does not by itself.',
        'AssumeRole is refused for tag keys that differ in case alone',
      ),
      because(
        'Rights are evaluated where MiniStack runs with AUTH alone, which it does not by itself.',
        'a session may do what both its role and its policy allow',
        'a session may be limited by managed policies, and by them and a policy together',
        'who a caller is it is told without any right to it, and whatever denies it',
        'a session may be limited by a managed policy of the account of its role, too',
        'a session in a member is limited by its policy, though its role may do everything',
        'a role assumes those that it has a right to',
      ),
      because(
        'Every region is enabled in every account.',
        'a region that the account of the role has not enabled gives no session',
      ),
      because('`_session_tags` does not count them.', 'a session has fifty tags at most'),
      because(
        'AssumeRole does not count PolicyArns.',
        'a session is opened with ten managed policies at most, and with tags of some length',
      ),
    ],
    iam: [
      because(
        "`_role_xml` writes the role into every answer; AWS leaves MaxSessionDuration out of CreateRole's.",
        'CreateRole does not tell how long sessions last, GetRole does',
      ),
      because(
        "`_role_xml` writes the role into every answer; AWS leaves Tags out of ListRoles'.",
        'a role has the tags that it was made with',
      ),
      because(
        '`_role_xml` writes an empty Description where there is none.',
        'a role that is made again has another id, and nothing of the one before',
        'a role without tags has no Tags, one without a description no Description',
      ),
      because(
        '`_update_assume_role_policy` refuses NotPrincipal, and reads nothing else of the document.',
        'a trust that is no policy replaces nothing',
      ),
      because(
        '`_put_role_policy` does not add up the inline policies.',
        'inline policies have exactly 10,240 characters together, without blanks, and one that is replaced frees its own',
        'the inline policies of a role have 10,240 characters together',
      ),
      because('`_attach_role_policy` does not look for the policy.', 'a policy that is not there is not attached'),
      because(
        'Boundaries are looked for where MiniStack runs with AUTH alone, which it does not by itself.',
        'a boundary is a policy that is there',
        'a role is refused for a boundary that is not there, and none is made',
      ),
      because('`_list_roles` reads neither MaxItems nor Marker.', 'roles come page by page'),
      because(
        '`_create_role` refuses NotPrincipal, and reads nothing else of the trust policy.',
        'a role is refused for trust that is no JSON, and none is made',
        'a role is refused for trust without a principal, and none is made',
      ),
      because(
        '`_create_role` does not validate Path.',
        'names, paths and descriptions are as long as they may be, and no longer',
        'a role is refused for a path that begins without a slash, and none is made',
      ),
      because(
        '`_create_role` does not validate MaxSessionDuration.',
        'a role is refused for sessions of less than an hour, and none is made',
        'a role is refused for sessions of more than twelve hours, and none is made',
      ),
      because('`_create_role` does not validate RoleName.', 'a role name has 64 characters at most, and no blanks'),
      because(
        'Policies are kept by their ARN, so that one name can be there twice with different paths.',
        'a name is that of one managed policy, whatever its path',
      ),
      because(
        '`_delete_policy` looks at boundaries where MiniStack runs with AUTH alone, which it does not by itself.',
        'a managed policy that is a boundary is not deleted',
      ),
      because('`_delete_policy` does not count versions.', 'a policy with several versions is not deleted'),
      because(
        '`_create_policy` does not count characters.',
        'a managed policy is refused for more than 6,144 characters, and none is made',
      ),
      because(
        '`_create_policy` does not validate Path.',
        'a managed policy is refused for a path without a slash at its end, and none is made',
      ),
      because(
        'Each account keeps its alias to itself, and no other is looked at.',
        "an alias that an account has is no other account's",
      ),
      because(
        '`_delete_account_alias` removes what is there, and says nothing about what is not.',
        'an alias that the account does not have is not deleted',
      ),
      because(
        '`_create_account_alias` has no rule for an alias.',
        "an alias is no account's id, and no other account's in the whole partition",
        'an alias is refused for capital letters',
      ),
      because(
        'A consequence of the case before: MiniStack had taken the alias with capital letters, and has it still.',
        'an alias is refused for two hyphens in a row',
        'an alias is refused for a hyphen at its end',
        'an alias is refused for two characters',
        'an alias is refused for 64 characters',
      ),
      because('`_create_saml_provider` does not read the metadata.', 'metadata that are none make no SAML provider'),
      because(
        '`_simulate_principal_policy` finds no policies for a role that is not there, and answers an implicit denial.',
        'who is not there is not simulated',
      ),
      because('A new account gets no access role.', 'a member may do in itself what its access role may'),
      because('`_create_role` compares names as they are.', 'names of roles are compared without their case'),
      because('`_create_policy` compares ARNs as they are.', 'names of policies are compared without their case'),
      because(
        'Rights are evaluated where MiniStack runs with AUTH alone, which it does not by itself.',
        'what both the old and the new policy allow is allowed all the time',
        'a managed policy that is attached again is in force all the time, and one that is detached is not',
        'a role has the rights of the version that counts, whichever was made last',
        'a denial is stronger than any right',
        'a boundary gives no right of its own, and is as its default version says',
        'actions are named in any case, and by parts',
        'a right to roles of one path is none to those of another',
        'a role with a boundary is changed by those who may change such roles',
        'what a role may do is simulated by those who may ask about it',
        'a right to one role is none to another',
        'a right to attach can be one to some policies alone',
        'a right to a role can be one to roles with a boundary alone',
        'a right to one policy is none to another',
        'a boundary is the most that a role may do',
        'a right that is taken away is gone, and another is there',
      ),
      because(
        '`_list_role_policies` reads neither MaxItems nor Marker.',
        'a hundred are listed where nobody says how many',
        'inline policies come page by page',
      ),
      because(
        '`_list_attached_role_policies` reads neither MaxItems nor Marker.',
        'attached policies come page by page, and by their path',
      ),
      because(
        '`_list_policies` reads neither MaxItems nor Marker.',
        'managed policies come page by page, and by their path',
      ),
      because(
        '`_update_account_password_policy` keeps what it is not given; AWS goes back to the default.',
        'an account has no password policy, until it is given one, and what is left out has its default',
      ),
      because(
        '`_simulate_principal_policy` reads the policies of a role, and no boundary.',
        'what a role may do follows its policies, its boundary and a denial',
      ),
      because(
        '`_list_roles` compares PathPrefix with the paths, and has no rule for it.',
        'roles are found by what their path begins with, and not by what it ends with',
      ),
      because(
        '`_list_attached_role_policies` does not read PathPrefix.',
        'attached policies are found by what their path begins with',
      ),
      because(
        '`_list_policies` compares PathPrefix with the paths, and has no rule for it.',
        'managed policies are found by what their path begins with, and not by what it ends with',
      ),
      because(
        '`_attach_role_policy` does not count policies.',
        'a role has twenty managed policies, and no more, and one of them again is none more',
      ),
      because(
        '`_create_policy_version` does not count characters.',
        'a managed policy has exactly 6,144 characters, without blanks',
      ),
      because(
        '`_create_role` does not count the characters of the trust policy.',
        'trust has exactly 2,048 characters',
      ),
      because(
        'A new account gets no role of Organizations.',
        'a role of a service is changed by nobody but the service',
      ),
      because('`_update_saml_provider` does not read the metadata.', 'a right to one SAML provider is none to another'),
      because(
        '`_simulate_principal_policy` judges the first of the resources alone.',
        'what may be done is simulated for each resource, and with the conditions that are given',
      ),
    ],
    cloudformation: [
      because(
        '`_diff_resources` does not look at conditions: where nothing but one of them is otherwise, nothing has changed.',
        'a resource is made where its condition holds, and goes when it no longer does',
      ),
      because(
        '`_create_change_set` notes a LastUpdatedTime for a stack that was never updated.',
        'a stack is made by a change set, changed by another one, and deleted',
      ),
      because(
        'A stack set is no type of resource that a template may have.',
        'a stack whose stack set has instances is not deleted',
        'a stack whose stack set has a template that cannot be used is rolled back',
      ),
      because(
        'The policies of a role in a template are not read.',
        'a stack whose role has policies that IAM cannot read is rolled back',
      ),
      because(
        '`_iam_role_create` puts its role in the place of one that has the name.',
        'a stack whose role has a name that is taken is rolled back',
      ),
      because(
        'Rights are evaluated where MiniStack runs with AUTH alone, which it does not by itself.',
        'a right to one stack is none to another',
      ),
      because(
        'Capabilities are checked where MiniStack runs with AUTH alone, which it does not by itself.',
        'a stack with a role of its own name says that it may make one',
      ),
      because(
        'Stack sets are no type of resource that it knows.',
        'a stack has a policy, a role and a stack set as its template wants them',
        'what a stack has made goes when a resource of it fails',
      ),
      because(
        '`_iam_managed_policy_create` puts its policy in the place of one that has the name.',
        'a stack whose policy has a name that is taken is rolled back',
      ),
      because(
        '`_resolve_parameters` goes through the parameters of the template, and not through those that it is given.',
        'values of parameters keep to the rules of the template',
      ),
      because(
        '`_role_xml` writes an empty Description where there is none.',
        'a role without a name gets one of its stack, and keeps it',
      ),
    ],
  },
};
