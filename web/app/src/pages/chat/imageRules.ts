import type { ChatConfig } from './chatConfig.ts';

/** What an image may be, for file choosers. */
export const acceptedImages = 'image/jpeg,image/png,image/gif';

/** What is wrong with a file as an image to send; null when nothing is. */
export function complaintAbout(file: File, { imageMaxBytes }: ChatConfig): string | null {
  if (!acceptedImages.split(',').includes(file.type)) {
    return 'Invalid file type. Only JPG, PNG, and GIF are allowed.';
  }
  return file.size > imageMaxBytes ? 'File size too large. Maximum 5MB allowed.' : null;
}

/** What is wrong with the number of images; null when nothing is. */
export function complaintAboutCount(count: number, { imageLimit }: ChatConfig): string | null {
  return count > imageLimit ? `You can attach up to ${imageLimit} images to a message.` : null;
}
