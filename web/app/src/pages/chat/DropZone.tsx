import { type DragEvent, type ReactElement, type ReactNode, useState } from 'react';
import { Icon } from '../../icons/Icon.tsx';

type DropZoneProps = { readonly onFiles: (files: readonly File[]) => void; readonly children: ReactNode };

/** Accepts files that are dropped on the page. */
export function DropZone({ onFiles, children }: DropZoneProps): ReactElement {
  const [isOver, setIsOver] = useState(false);

  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  };
  const onDragLeave = (event: DragEvent): void => {
    // Moving over a child fires `dragleave`, too; only leaving the page has no related element inside.
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
  };
  const onDrop = (event: DragEvent): void => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    setIsOver(false);
    onFiles([...event.dataTransfer.files]);
  };

  return (
    <div className="flex h-dvh flex-col" onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop}>
      {children}
      {isOver && (
        <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-card border-2 border-dashed border-accent bg-accent-soft/90">
          <p className="flex items-center gap-3 text-lg font-semibold text-accent-text">
            <Icon name="image" className="size-7" /> Drop images here
          </p>
        </div>
      )}
    </div>
  );
}
