import type { AcquirerContext, AcquirerName, AcquirerSandbox } from './core/acquirer';
import { InicisSandbox } from './inicis/inicis.sandbox';
import { NaverpaySandbox } from './naverpay/naverpay.sandbox';
import { NicepaySandbox } from './nicepay/nicepay.sandbox';
import { PortoneSandbox } from './portone/portone.sandbox';
import { PopbillSandbox } from './popbill/popbill.sandbox';
import { KakaopaySandbox } from './kakaopay/kakaopay.sandbox';
import { TossSandbox } from './toss/toss.sandbox';

type Build = (context: AcquirerContext) => AcquirerSandbox;

/** The acquirers that this sandbox has. A new one is a folder and a line here. */
export const REGISTRY: ReadonlyMap<AcquirerName, Build> = new Map<AcquirerName, Build>([
  ['toss', (context) => new TossSandbox(context)],
  ['inicis', (context) => new InicisSandbox(context)],
  ['portone', (context) => new PortoneSandbox(context)],
  ['nicepay', (context) => new NicepaySandbox(context)],
  ['kakaopay', (context) => new KakaopaySandbox(context)],
  ['naverpay', (context) => new NaverpaySandbox(context)],
  ['popbill', (context) => new PopbillSandbox(context)],
]);
