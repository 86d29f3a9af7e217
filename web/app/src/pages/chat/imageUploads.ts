import { refusalIn } from '../../session/json.ts';
import type { ChatConfig } from './chatConfig.ts';
import type { ChatSession } from './chatSession.ts';
import type { UploadedImage } from './conversation.ts';
import { complaintAbout, complaintAboutCount } from './imageRules.ts';

export type UploadPorts = {
  readonly config: ChatConfig;
  readonly upload: (image: File) => Promise<UploadedImage>;
  /** A local URL of the file. */
  readonly previewOf: (file: File) => string;
};

/** Returns the function that attaches images to a session's next message; they are uploaded one after another. */
export function imageUploads(session: ChatSession, ports: UploadPorts): (files: readonly File[]) => void {
  const { config, upload, previewOf } = ports;
  const attachments = (): readonly { key: string }[] => session.snapshot().attachments;
  let uploads: Promise<void> = Promise.resolve();
  let nextKey = 1;

  const uploadNext = async (file: File, key: string, preview: string): Promise<void> => {
    if (!attachments().some((attachment) => attachment.key === key)) return;
    try {
      const image = await upload(file);
      session.dispatch({ type: 'imageUploaded', key, image: { ...image, preview } });
    } catch (error) {
      session.dispatch({ type: 'imageRemoved', key });
      const complaint = refusalIn(error) ?? 'The image could not be uploaded. Please try again.';
      session.dispatch({ type: 'inputRefused', complaint });
    }
  };

  return (files) => {
    session.dispatch({ type: 'inputCorrected' });
    for (const file of files) {
      const complaint = complaintAbout(file, config) ?? complaintAboutCount(attachments().length + 1, config);
      if (complaint !== null) {
        session.dispatch({ type: 'inputRefused', complaint });
        continue;
      }
      const key = `new${nextKey++}`;
      const preview = previewOf(file);
      session.dispatch({ type: 'imageAttached', key, name: file.name, preview });
      uploads = uploads.then(() => uploadNext(file, key, preview));
    }
  };
}
