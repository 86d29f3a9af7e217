import { type ReactElement, useId } from 'react';
import { Icon, type IconName } from '../../icons/Icon.tsx';
import { type Starter, quickActions } from './starters.ts';

type ShortcutsProps = {
  readonly topics: readonly string[];
  readonly practising: boolean;
  readonly disabled: boolean;
  readonly onStart: (starter: Starter) => void;
  readonly onTopic: (topic: string) => void;
};

/** Quick actions and topics; in question mode a topic is what the question will be about. */
export function Shortcuts({ topics, practising, disabled, onStart, onTopic }: ShortcutsProps): ReactElement {
  const id = useId();
  return (
    <nav aria-label="Quick actions and topics">
      <h2 id={`${id}actions`} className="px-2.5 pb-1.5 text-sm font-semibold text-muted">
        Quick Actions
      </h2>
      <ul aria-labelledby={`${id}actions`}>
        {quickActions.map((starter) => (
          <li key={starter.label}>
            <Shortcut
              icon={starter.icon}
              label={starter.label}
              disabled={disabled && starter.does === 'ask'}
              onClick={() => onStart(starter)}
            />
          </li>
        ))}
      </ul>
      <h2 id={`${id}topics`} className="px-2.5 pt-6 pb-1.5 text-sm font-semibold text-muted">
        Topics
      </h2>
      {practising && <p className="px-2.5 pb-1.5 text-sm text-muted">Pick what to practice</p>}
      <ul aria-labelledby={`${id}topics`}>
        {topics.map((topic) => (
          <li key={topic}>
            <Shortcut icon={iconOf(topic)} label={topic} disabled={disabled} onClick={() => onTopic(topic)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

type ShortcutProps = {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
};

function Shortcut({ icon, label, disabled, onClick }: ShortcutProps): ReactElement {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className="flex w-full items-center gap-2.5 rounded-control px-2.5 py-2 text-left text-sm font-medium transition-colors enabled:hover:bg-sunken disabled:opacity-55"
    >
      <Icon name={icon} className="size-4.5 text-muted" />
      {label}
    </button>
  );
}

function iconOf(topic: string): IconName {
  if (/read/i.test(topic)) return 'book';
  return /writ|grammar|punctuat/i.test(topic) ? 'pencil' : 'star';
}
