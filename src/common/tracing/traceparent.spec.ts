import { traceparentOf } from './traceparent';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

it('takes what W3C Trace Context describes', () => {
  expect(traceparentOf(`00-${TRACE}-${SPAN}-01`)).toBe(`00-${TRACE}-${SPAN}-01`);
  expect(traceparentOf(`cc-${TRACE}-${SPAN}-01-what-comes-later`)).toBe(`cc-${TRACE}-${SPAN}-01`);
});

it.each([
  ['nothing', undefined],
  ['two of them', [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
  ['an empty text', ''],
  ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a parent of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['capital letters', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['a shorter id', `00-${TRACE.slice(1)}-${SPAN}-01`],
  ['a card number for an id', `00-4242424242424242${'a'.repeat(16)}-${SPAN}-01`],
])('takes no other: %s', (_what, header) => expect(traceparentOf(header)).toBeUndefined());
