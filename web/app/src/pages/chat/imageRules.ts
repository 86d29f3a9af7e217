import type { ChatConfig } from './chatConfig.ts';

/** The accepted types, for file choosers. */
export const acceptedImages = 'image/jpeg,image/png,image/gif';

/** Why a file cannot be attached; null when it can. */
export function complaintAbout(file: File, { imageMaxBytes }: ChatConfig): string | null {
  if (!acceptedImages.split(',').includes(file.type)) {
    return 'Invalid file type. Only JPG, PNG, and GIF are allowed.';
  }
  return file.size > imageMaxBytes ? 'File size too large. Maximum 5MB allowed.' : null;
}

/** Why there are too many images; null when there are not. */
export function complaintAboutCount(count: number, { imageLimit }: ChatConfig): string | null {
  return count > imageLimit ? `You can attach up to ${imageLimit} images to a message.` : null;
}
