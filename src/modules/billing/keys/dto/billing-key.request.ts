import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { PageQuery } from '../../../../common/pagination/page.query';
import { BuyerFields, OrderFields } from '../../../payments/payment-request.types';

export class BillingKeysQuery extends PageQuery {
  @ApiProperty({ example: 'customer-0001', description: '가맹점의 고객 키 / Your key of the customer' })
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey: string;
}

/** A payment with a billing key: nothing of it is secret, so it is sent as it is. */
export class ChargeBillingKeyRequest extends IntersectionType(OrderFields, BuyerFields) {}
