import Alert from '@cloudscape-design/components/alert';
import { Component, type ReactNode } from 'react';

interface State {
  readonly message: string | null;
}

/** A fault of the console itself: the menu stays usable. */
export class Crash extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <Alert type="error" header="This page has failed">
        {this.state.message}. Reload it; if that does not help, build the console again.
      </Alert>
    );
  }
}
