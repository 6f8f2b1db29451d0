import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { database, loggedIn, newApplicant } from '../support/logins';
import { eventually } from '../support/program';
import { S3Server } from '../support/s3-server';
import { Stack } from '../support/stack';
import { download, PDF, PNG, sendForm, upload } from '../support/uploads';

const MIB = 1024 * 1024;
const pdfOf = (bytes: number) => Buffer.concat([PDF, Buffer.alloc(bytes - PDF.length, 0x20)]);

let stack: Stack;
let rows: Connection;
let member: string;
let operator: string;

beforeAll(async () => {
  stack = await Stack.start('files', { worker: false });
  rows = await database(stack.databaseUrl);
  member = await loggedIn(stack.api.url, 'merchant1');
  operator = await loggedIn(stack.api.url, 'operator');
});
afterAll(async () => {
  await rows?.end();
  await stack?.stop();
});

/** Everything below the folder of files, without the folders themselves. */
function kept(): string[] {
  const root = join(stack.folder, 'files');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

async function counted(): Promise<{ rows: number; contents: number }> {
  const [found] = await rows.query('SELECT COUNT(*) AS count FROM files');
  return { rows: Number((found as { count: string }[])[0]!.count), contents: kept().length };
}

const send = (content: Buffer, more: Parameters<typeof upload>[3] = {}) =>
  upload(stack.api.url, member, content, more);

describe('an upload', () => {
  it.each([
    ['a PDF', PDF, '사업자등록증.pdf', 'application/pdf', '사업자등록증.pdf'],
    ['a picture that calls itself a PDF', PNG, 'bankbook.pdf', 'image/png', 'bankbook.pdf.png'],
    ['a name with a way out of the folder', PDF, '../../../etc/passwd', 'application/pdf', 'passwd.pdf'],
    ['10 MiB', pdfOf(10 * MIB), 'big.pdf', 'application/pdf', 'big.pdf'],
  ])('of %s is kept, byte for byte', async (_what, content, name, mediaType, keptName) => {
    const answer = await send(content, { name });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ name: keptName, mediaType, bytes: content.length });
    const back = await download(stack.api.url, answer.body.fileId, member);
    expect(back.status).toBe(200);
    expect(Buffer.from(await back.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': mediaType,
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/sandbox/),
      'content-disposition': expect.stringMatching(
        /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/,
      ),
    });
    await eventually(async () => (kept().some((path) => path.startsWith('incoming')) ? undefined : true), {
      withinMs: 5_000,
      what: 'the spooled upload is gone',
    });
  });

  it.each([
    ['nothing in it', Buffer.alloc(0), 400, 'FILE_EMPTY'],
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['two letters', Buffer.from('MZ'), 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['a byte too many', pdfOf(10 * MIB + 1), 413, 'FILE_TOO_LARGE'],
    ['far too much', pdfOf(12 * MIB), 413, 'FILE_TOO_LARGE'],
  ])('with %s is refused, and nothing is left', async (_what, content, status, code) => {
    const before = await counted();
    const answer = await send(content);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await counted()).toEqual(before);
  });

  it('is one file in the field file, and nothing else', async () => {
    const before = await counted();
    const blob = () => new Blob([new Uint8Array(PDF)]);
    const forms: [string, (form: FormData) => void, string, string][] = [
      ['no file', () => undefined, 'file', 'REQUIRED'],
      ['another field', (form) => form.append('document', blob(), 'a.pdf'), 'document', 'UNKNOWN_FIELD'],
      [
        'two files',
        (form) => {
          form.append('file', blob(), 'a.pdf');
          form.append('file', blob(), 'b.pdf');
        },
        'file',
        'NOT_ALLOWED',
      ],
      [
        'a text beside it',
        (form) => {
          form.append('file', blob(), 'a.pdf');
          form.append('ownerId', 'app_1');
        },
        'ownerId',
        'UNKNOWN_FIELD',
      ],
    ];
    for (const [what, fill, field, code] of forms) {
      const form = new FormData();
      fill(form);
      const answer = await sendForm(stack.api.url, member, form);
      expect([what, answer.status, answer.body.errors]).toMatchObject([what, 400, [{ field, code }]]);
    }
    expect(await counted()).toEqual(before);
  });

  it('comes as multipart, and multipart comes nowhere else', async () => {
    const json = await stack.merchant.send('POST', '/v1/files', { file: 'x' }, { authorization: member });
    expect(json.status).toBe(415);
    const broken = { authorization: member, 'content-type': 'multipart/form-data' };
    expect((await stack.merchant.send('POST', '/v1/files', 'x', broken)).status).toBe(400);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(PDF)]), 'a.pdf');
    const elsewhere = await fetch(`${stack.api.url}/v1/api-keys`, {
      method: 'POST',
      headers: { authorization: member },
      body: form,
    });
    expect(elsewhere.status).toBe(415);
  });

  it('is for members', async () => {
    expect((await upload(stack.api.url, 'Bearer nonsense', PDF)).status).toBe(401);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(PDF)]), 'a.pdf');
    const answer = await fetch(`${stack.api.url}/v1/files`, { method: 'POST', body: form });
    expect(answer.status).toBe(401);
    const basic = `Basic ${Buffer.from('sk_test_M0000001:').toString('base64')}`;
    expect((await upload(stack.api.url, basic, PDF)).status).toBe(403);
  });

  it('that breaks off leaves nothing', async () => {
    const before = await counted();
    for (let time = 0; time < 5; time += 1) await breakOff(stack.api.url, member);
    await eventually(
      async () => (JSON.stringify(await counted()) === JSON.stringify(before) ? true : undefined),
      {
        withinMs: 5_000,
        what: 'nothing is left of uploads that broke off',
      },
    );
    expect((await send(PDF)).status).toBe(201);
  });

  it('is made once for each Idempotency-Key, whose content is the file’s', async () => {
    const before = await counted();
    const key = randomUUID();
    const first = await send(PDF, { key });
    const again = await send(PDF, { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([(await send(PNG, { key })).status, (await counted()).rows]).toEqual([422, before.rows + 1]);
  });

  it('is refused when too many of the same member belong to nothing', async () => {
    const { loginId, memberId } = await newApplicant(stack.databaseUrl);
    const applicant = await loggedIn(stack.api.url, loginId);
    expect((await upload(stack.api.url, applicant, PDF)).status).toBe(201);
    await rows.query(
      `INSERT INTO files (id, uploaded_by, name, media_type, bytes, sha256, storage, storage_key, state, remove_at, created_at)
       SELECT CONCAT('fil_', LPAD(seq, 26, '0')), '${memberId}', 'a.pdf', 'application/pdf', 1, REPEAT('a', 32), 'folder',
         'x', 'STORED', NOW(3) + INTERVAL 1 DAY, NOW(3) FROM seq_1_to_49`,
    );
    const refused = await upload(stack.api.url, applicant, PDF);
    expect([refused.status, refused.body.code]).toEqual([409, 'FILE_LIMIT']);
  });
});

describe('a file that belongs to nothing', () => {
  it('is its uploader’s and the operator’s, whose reading is kept', async () => {
    const { fileId } = (await send(PDF)).body;
    const others = ['merchant2', 'branch1', 'agency1'];
    for (const loginId of others) {
      const foreign = await download(stack.api.url, fileId, await loggedIn(stack.api.url, loginId));
      expect([loginId, foreign.status]).toEqual([loginId, 404]);
    }
    expect((await download(stack.api.url, fileId)).status).toBe(404);
    expect((await download(stack.api.url, 'fil_nonsense', member)).status).toBe(404);
    expect((await download(stack.api.url, encodeURIComponent('../../etc/passwd'), member)).status).toBe(404);
    expect((await download(stack.api.url, fileId, operator)).status).toBe(200);
    const [audit] = await rows.query('SELECT action FROM audit_logs WHERE target = ?', [fileId]);
    expect(audit).toEqual([{ action: 'file.read' }]);
  });

  it('goes when its time is over, with its content', async () => {
    const old = (await send(PDF, { name: 'old.pdf' })).body.fileId;
    const fresh = (await send(PDF, { name: 'fresh.pdf' })).body.fileId;
    await rows.query('UPDATE files SET remove_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [old]);
    expect(kept().filter((path) => path.endsWith(old))).toHaveLength(1);
    await stack.startWorker();
    await eventually(async () => (kept().some((path) => path.endsWith(old)) ? undefined : true), {
      withinMs: 20_000,
      what: 'the old content is gone',
    });
    expect((await download(stack.api.url, old, member)).status).toBe(404);
    expect((await download(stack.api.url, fresh, member)).status).toBe(200);
  });

  it('is found by its row when its process is killed between content and row', async () => {
    stack.api.crashAt('files.content-kept');
    await expect(send(PDF)).rejects.toThrow();
    await stack.api.program.ended();
    await stack.api.program.start();
    const [left] = await rows.query("SELECT id FROM files WHERE state = 'STORING'");
    expect(left).toHaveLength(1);
    await rows.query("UPDATE files SET remove_at = NOW(3) WHERE state = 'STORING'");
    const { id } = (left as { id: string }[])[0]!;
    await eventually(async () => (kept().some((path) => path.endsWith(id)) ? undefined : true), {
      withinMs: 20_000,
      what: 'what the killed process left is gone',
    });
  });
});

describe('a bucket', () => {
  it('keeps files as a folder does, and believes only what is signed', async () => {
    const s3 = await S3Server.start();
    const other = await Stack.start('files-s3', { env: s3.environment() });
    try {
      const authorization = await loggedIn(other.api.url, 'merchant1');
      const made = await upload(other.api.url, authorization, pdfOf(3 * MIB));
      expect([made.status, s3.refused]).toEqual([201, []]);
      const [[key, content]] = [...s3.objects] as [[string, Buffer]];
      expect(key).toMatch(new RegExp(`^\\d{4}/\\d{2}/${made.body.fileId}$`));
      expect(content.equals(pdfOf(3 * MIB))).toBe(true);
      const back = await download(other.api.url, made.body.fileId, authorization);
      expect(Buffer.from(await back.arrayBuffer()).equals(content)).toBe(true);
      expect((await fetch(`${s3.url}/test-files/${key}`)).status).toBe(403);

      s3.down = 503;
      const unavailable = await upload(other.api.url, authorization, PDF);
      expect([unavailable.status, unavailable.body.code]).toEqual([503, 'FILE_STORAGE_UNAVAILABLE']);
      expect((await download(other.api.url, made.body.fileId, authorization)).status).toBe(503);
      s3.down = undefined;

      const connection = await database(other.databaseUrl);
      await connection.query('UPDATE files SET remove_at = NOW(3)');
      await eventually(async () => (s3.objects.size === 0 ? true : undefined), {
        withinMs: 20_000,
        what: 'the bucket is empty again',
      });
      await connection.end();
    } finally {
      await other.stop();
      await s3.stop();
    }
  });
});

/** Announces a file, sends a part of it, and goes. */
function breakOff(url: string, authorization: string): Promise<void> {
  return new Promise((done) => {
    const boundary = 'x'.repeat(20);
    const request = httpRequest(`${url}/v1/files`, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': '5000000',
      },
    });
    request.on('error', () => done());
    request.on('close', () => done());
    request.write(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n${PDF.toString()}`,
    );
    request.write(Buffer.alloc(500_000, 0x20));
    setTimeout(() => request.destroy(), 100);
  });
}
