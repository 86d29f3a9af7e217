import { Component, type ReactNode } from 'react';
import { FailedPage } from './PageStates.tsx';

/**
 * Offers a reload when a page fails to load or to render. A class, because React supports this in classes only.
 */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <FailedPage
        title="This page could not be shown"
        advice="Your work on the server is not affected."
        onRetry={() => location.reload()}
      />
    );
  }
}
