import { Tooltip } from 'radix-ui';
import { type ReactElement, Suspense, lazy, useEffect, useLayoutEffect, useRef } from 'react';
import { HomePage } from './pages/home/HomePage.tsx';
import { LoginPage } from './pages/login/LoginPage.tsx';
import { MissingPage } from './pages/missing/MissingPage.tsx';
import { PageBoundary } from './components/PageBoundary.tsx';
import { LoadingPage } from './components/PageStates.tsx';
import { type Route, routeOf } from './routing/routes.ts';
import { usePathname } from './routing/usePathname.ts';

// Markdown and KaTeX weigh more than everything else, and only this page needs them.
const ChatPage = lazy(async () => ({ default: (await import('./pages/chat/ChatPage.tsx')).ChatPage }));

const PromptPage = lazy(async () => ({
  default: (await import('./pages/prompt/PromptPage.tsx')).PromptPage,
}));
const TestsPage = lazy(async () => ({ default: (await import('./pages/zones/TestsPage.tsx')).TestsPage }));
const TestPage = lazy(async () => ({ default: (await import('./pages/zones/TestPage.tsx')).TestPage }));
const LoadingResultsPage = lazy(async () => ({
  default: (await import('./pages/zones/LoadingResultsPage.tsx')).LoadingResultsPage,
}));
const DashboardPage = lazy(async () => ({
  default: (await import('./pages/zones/DashboardPage.tsx')).DashboardPage,
}));
const ReviewPage = lazy(async () => ({ default: (await import('./pages/zones/ReviewPage.tsx')).ReviewPage }));
const EvaluationsPage = lazy(async () => ({
  default: (await import('./pages/evaluation/EvaluationsPage.tsx')).EvaluationsPage,
}));
const EvaluationPage = lazy(async () => ({
  default: (await import('./pages/evaluation/EvaluationPage.tsx')).EvaluationPage,
}));

const ModulesPage = lazy(async () => ({
  default: (await import('./pages/training/ModulesPage.tsx')).ModulesPage,
}));
const UploadPage = lazy(async () => ({
  default: (await import('./pages/training/UploadPage.tsx')).UploadPage,
}));
const TrainingPage = lazy(async () => ({
  default: (await import('./pages/training/TrainingPage.tsx')).TrainingPage,
}));
const SetUpPage = lazy(async () => ({ default: (await import('./pages/setup/SetUpPage.tsx')).SetUpPage }));
const SharePage = lazy(async () => ({ default: (await import('./pages/training/SharePage.tsx')).SharePage }));

const titles: Readonly<Record<Route, string>> = {
  home: 'Handoff',
  login: 'Log in · Handoff',
  setUp: 'Set up · Handoff',
  chat: 'SAT Buddy',
  prompt: 'Prompt generation · Handoff',
  tests: 'Choose a test · Zone Insights',
  test: 'Test · Zone Insights',
  loadingResults: 'Generating your insights · Zone Insights',
  dashboard: 'Dashboard · Zone Insights',
  review: 'Review · Zone Insights',
  evaluations: 'Evaluaties · Team Evaluatie',
  evaluation: 'Evaluatie · Team Evaluatie',
  modules: 'Dashboard · Training Videos',
  upload: 'Upload · Training Videos',
  training: 'Training · Training Videos',
  share: 'Training · Handoff',
  missing: 'Page not found · Handoff',
};

const pages: Readonly<Record<Route, () => ReactElement>> = {
  home: () => <HomePage />,
  login: () => <LoginPage />,
  setUp: () => <SetUpPage />,
  chat: () => <ChatPage />,
  prompt: () => <PromptPage />,
  tests: () => <TestsPage />,
  test: () => <TestPage />,
  loadingResults: () => <LoadingResultsPage />,
  dashboard: () => <DashboardPage />,
  review: () => <ReviewPage />,
  evaluations: () => <EvaluationsPage />,
  evaluation: () => <EvaluationPage />,
  modules: () => <ModulesPage />,
  upload: () => <UploadPage />,
  training: () => <TrainingPage />,
  share: () => <SharePage />,
  missing: () => <MissingPage />,
};

export function App(): ReactElement {
  const route = routeOf(usePathname());
  useRouteAnnouncement(route);
  return (
    <Tooltip.Provider delayDuration={400}>
      <PageBoundary key={route}>
        <Suspense fallback={<LoadingPage />}>{pages[route]()}</Suspense>
      </PageBoundary>
    </Tooltip.Provider>
  );
}

/**
 * Sets the document's title. After a change of page it moves the focus to the heading, as a loaded document would.
 */
function useRouteAnnouncement(route: Route): void {
  const first = useRef(true);
  // Before the effects of the page, which may know a better title.
  useLayoutEffect(() => {
    document.title = titles[route];
  }, [route]);
  useEffect(() => {
    if (!first.current) document.querySelector<HTMLElement>('h1[tabindex]')?.focus();
    first.current = false;
  }, [route]);
}
