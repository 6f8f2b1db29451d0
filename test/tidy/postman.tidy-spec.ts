import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, textOf } from './files';

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: { readonly method: string; readonly url: string | { readonly raw: string } };
}
type Operation = { readonly security?: readonly Record<string, unknown>[] };

const COLLECTION = JSON.parse(textOf('docs/postman/pg-gateway.postman_collection.json')) as {
  readonly item: readonly Item[];
};
const { paths } = JSON.parse(textOf('docs/openapi.json')) as {
  paths: Record<string, Record<string, Operation>>;
};
const requestsOf = (items: readonly Item[]): Item[] =>
  items.flatMap((each) => (each.item ? requestsOf(each.item) : [each]));

it('the Postman collection is what docs/openapi.json says', () => {
  const args = [join(ROOT, 'scripts/postman.mjs'), '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
});

it('the Postman collection holds every call of a merchant’s system once, beside its flows', () => {
  const [flows, ...folders] = COLLECTION.item;
  expect(flows?.name).toBe('흐름 / Flows');
  const wanted = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { security = [] }]) => security.some((way) => 'secretKey' in way || 'merchantToken' in way))
      .filter(() => !path.startsWith('/oauth/'))
      .map(([method]) => `${method.toUpperCase()} {{baseUrl}}${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const held = requestsOf(folders).map(({ request }) => {
    const { method = '', url = '' } = request ?? {};
    return `${method} ${typeof url === 'string' ? url : url.raw}`;
  });
  expect(held.toSorted()).toEqual(wanted.toSorted());
  expect(wanted.length).toBeGreaterThan(50);
});
