/**
 * TossPayments' bank codes ("은행 코드") by the three digits of the Korea Financial Telecommunications and Clearings
 * Institute. A bank that is not here is not asked for.
 */
const TOSS_BANKS: Readonly<Record<string, string>> = {
  '002': '02',
  '003': '03',
  // The one that is not simply the last two digits.
  '004': '06',
  '007': '07',
  '011': '11',
  '012': '12',
  '020': '20',
  '023': '23',
  '027': '27',
  '031': '31',
  '032': '32',
  '034': '34',
  '035': '35',
  '037': '37',
  '039': '39',
  '045': '45',
  '048': '48',
  '050': '50',
  '054': '54',
  '064': '64',
  '071': '71',
  '081': '81',
  '088': '88',
  '089': '89',
  '090': '90',
  '092': '92',
};

export function tossBank(bankCode: string): string | undefined {
  return Object.hasOwn(TOSS_BANKS, bankCode) ? TOSS_BANKS[bankCode] : undefined;
}
