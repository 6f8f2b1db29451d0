import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DEMO_BRANCHES } from '../../src/demo/demo-data';
import { ROOT, textOf } from './files';

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: Request;
}
interface Request {
  readonly method: string;
  readonly url: string | { readonly raw: string };
  readonly body?: { readonly raw: string };
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly Record<string, unknown>[];
}

const COLLECTION = JSON.parse(textOf('docs/postman/pg-gateway.postman_collection.json')) as {
  readonly item: readonly Item[];
};
const { paths } = JSON.parse(textOf('docs/openapi.json')) as {
  paths: Record<string, Record<string, Operation>>;
};
const urlOf = ({ url = '' }: Partial<Request> = {}) => (typeof url === 'string' ? url : url.raw);
const PUBLIC = ['checkoutsConfirm', 'checkoutsFail'];
const isOfMerchants = ({ operationId, security = [] }: Operation) =>
  PUBLIC.includes(operationId) || security.some((way) => 'secretKey' in way || 'merchantToken' in way);
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
      .filter(([, operation]) => isOfMerchants(operation))
      .filter(() => !path.startsWith('/oauth/'))
      .map(([method]) => `${method.toUpperCase()} {{baseUrl}}${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const held = requestsOf(folders).map(({ request }) => `${request?.method} ${urlOf(request)}`);
  expect(held.toSorted()).toEqual(wanted.toSorted());
  expect(wanted.length).toBeGreaterThan(50);
  for (const end of ['confirm', 'fail'])
    expect(held).toContain(`POST {{baseUrl}}/v1/checkouts/:checkoutId/${end}`);
});

it('the examples of the Postman collection name branches of the demo, and make a new order each time', () => {
  const text = JSON.stringify(COLLECTION.item.slice(1));
  const branches = new Set(text.match(/brn_\w+/g));
  expect([...branches].filter((id) => !DEMO_BRANCHES.some(({ branchId }) => branchId === id))).toEqual([]);
  expect(branches.size).toBeGreaterThan(0);
  const making = requestsOf(COLLECTION.item.slice(1)).filter(({ request }) =>
    request?.body?.raw.includes('"orderNo"'),
  );
  const fixed = making.filter(({ request }) => !request!.body!.raw.includes('"orderNo": "{{$guid}}"'));
  expect([making.length > 5, fixed.map(({ request }) => urlOf(request))]).toEqual([
    true,
    ['{{baseUrl}}/v1/payments/net-cancel'],
  ]);
});
