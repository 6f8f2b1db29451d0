import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { BuyerFields, CardFields, RequestTimeField } from '../../../payments/payment-request.types';

/** The plaintext inside `encData` of a request for a billing key. */
export class BillingKeyContent extends IntersectionType(CardFields, BuyerFields, RequestTimeField) {
  @ApiProperty({ example: 'customer-0001', description: '가맹점의 고객 키 / Your key of the customer' })
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey: string;
}
