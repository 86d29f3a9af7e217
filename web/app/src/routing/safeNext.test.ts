import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext.ts';

const origin = 'https://handoff.test';

describe('safeNext', () => {
  it.each([
    ['?next=/ai/chat/', '/ai/chat/'],
    ['?next=%2Fai%2Fchat%2F%3Fa%3D1%23b', '/ai/chat/?a=1#b'],
    ['?next=/a/../b', '/b'],
  ])('goes on from %s to %s', (search, path) => {
    expect(safeNext(search, origin)).toBe(path);
  });

  it.each([
    '',
    '?next=',
    '?next=https://evil.test/',
    '?next=//evil.test/',
    '?next=/\\evil.test/',
    '?next=/%5Cevil.test/',
    '?next=/%09/evil.test/',
    '?next=/..//evil.test/',
    '?next=javascript:alert(1)',
    '?next=evil.test',
    '?next=/login/?next=/',
  ])('goes home from %s', (search) => {
    expect(safeNext(search, origin)).toBe('/');
  });
});
