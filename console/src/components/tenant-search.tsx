import Input from '@cloudscape-design/components/input';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { searchTarget } from '../logic/vendings-filter';

/** Leads to a tenant by whatever somebody knows of it. The key `/` comes here. */
export function TenantSearch(): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <div className="tenant-search">
      <Input
        type="search"
        value={text}
        ariaLabel="Find a tenant"
        placeholder="workspace.project, account, e-mail or UUID"
        clearAriaLabel="Clear"
        onChange={({ detail }) => {
          setText(detail.value);
        }}
        onKeyDown={({ detail }) => {
          const target = detail.key === 'Enter' ? searchTarget(text) : null;
          if (target === null) return;
          setText('');
          void navigate(target);
        }}
      />
    </div>
  );
}
