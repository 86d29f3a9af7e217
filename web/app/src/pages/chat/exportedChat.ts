import { type Message, letters } from './conversation.ts';

/** A conversation as Markdown, for a person to keep. Notices of the page are left out. */
export function exportedChat(title: string, messages: readonly Message[]): string {
  return [`# ${title}`, ...messages.flatMap(partOf)].join('\n\n') + '\n';
}

function partOf(message: Message): string[] {
  switch (message.kind) {
    case 'user': {
      const images = message.images.map(({ name }) => `(image: ${name})`);
      return ['**You**', [message.text, ...images].join('\n')];
    }
    case 'answer':
      return ['**SAT Buddy**', message.text];
    case 'question': {
      const { question, options } = message.question;
      return [
        '**SAT Buddy**',
        [question, ...letters.map((letter) => `- ${letter}: ${options[letter]}`)].join('\n'),
      ];
    }
    case 'verdict': {
      const { correctAnswer, explanation } = message.question;
      return ['**SAT Buddy**', `The correct answer is: ${correctAnswer}. ${explanation}`];
    }
    case 'notice':
      return [];
  }
}

/** Hands a text file to the browser's downloads. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function fileNameOf(title: string): string {
  const name = title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'chat'}.md`;
}
