export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(64, 7),
]);

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & {
    readonly fileId: string;
    readonly code?: string;
    readonly errors?: readonly { field: string; code: string }[];
  };
}

/** Uploads one file as a browser does. `field`: the name of the form's field. */
export async function upload(
  url: string,
  authorization: string,
  content: Buffer,
  { name = '사업자등록증.pdf', field = 'file', key }: { name?: string; field?: string; key?: string } = {},
): Promise<Answered> {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(content)], { type: 'application/octet-stream' }), name);
  return sendForm(url, authorization, form, key);
}

export async function sendForm(
  url: string,
  authorization: string,
  form: FormData,
  key?: string,
): Promise<Answered> {
  const headers = { authorization, ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const answer = await fetch(`${url}/v1/files`, { method: 'POST', headers, body: form });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answered['body'] };
}

export function download(url: string, fileId: string, authorization?: string): Promise<Response> {
  return fetch(`${url}/v1/files/${fileId}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
}
