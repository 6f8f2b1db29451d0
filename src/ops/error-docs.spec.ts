import { AppConfig } from '../config/app-config';
import { ErrorDocsController } from './error-docs.controller';

const pageWhere = (swagger: boolean) =>
  new ErrorDocsController({ http: { swagger } } as AppConfig).page('CANCEL_REFUSED');

it('the page of a code leads to the list of all codes where the reference is served, and there alone', () => {
  const link = '<a href="/reference/errors?lang=ko#CANCEL_REFUSED">';
  expect(pageWhere(true)).toContain(link);
  const alone = pageWhere(false);
  expect(alone).toContain('<h1>CANCEL_REFUSED');
  expect(alone).not.toContain('href=');
});
