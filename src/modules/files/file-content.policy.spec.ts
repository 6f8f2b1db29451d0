import fc from 'fast-check';
import { attachmentOf, cleanName, mediaTypeOf } from './file-content.policy';

const bytes = (...values: number[]) => Uint8Array.from(values);

it.each([
  ['%PDF-1.7', bytes(...Buffer.from('%PDF-1.7')), 'application/pdf'],
  ['PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'image/png'],
  ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
  ['half a PNG', bytes(0x89, 0x50, 0x4e, 0x47), null],
  ['HTML', bytes(...Buffer.from('<html>')), null],
  ['a PDF after something else', bytes(...Buffer.from(' %PDF-1.7')), null],
  ['SVG', bytes(...Buffer.from('<svg xmlns=')), null],
  ['a program', bytes(...Buffer.from('MZ')), null],
  ['nothing', bytes(), null],
])('takes %s for what it is', (_name, head, type) => {
  expect(mediaTypeOf(head)).toBe(type);
});

it.each([
  ['사업자등록증.pdf', '사업자등록증.pdf'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['C:\\docs\\a.PDF', 'a.pdf'],
  ['evil.pdf.exe', 'evil.pdf.exe.pdf'],
  ['a\u202Efdp.exe', 'afdp.exe.pdf'],
  ['\r\nSet-Cookie: a=b.pdf', 'Set-Cookie a=b.pdf'],
  ['...', 'file.pdf'],
  ['', 'file.pdf'],
  [undefined, 'file.pdf'],
])('names %j as %j', (given, name) => {
  expect(cleanName(given, 'application/pdf')).toBe(name);
});

it('leaves of any name one that is short, single, and has no path in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanName(given, 'image/jpeg');
      expect(name).toMatch(/^[^/\\\p{C}"]+\.(jpg|jpeg)$/u);
      expect([...name].length).toBeLessThanOrEqual(125);
      expect(cleanName(name, 'image/jpeg')).toBe(name);
      expect(attachmentOf(name)).toMatch(
        /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~%-]+$/,
      );
    }),
    { numRuns: 2_000, seed: 20261121 },
  );
});
