/** The demo account at SOLAPI, as the gateway's defaults name it. */
export const SMS_CREDENTIALS = {
  apiKey: 'NCSDEMO0SANDBOX0',
  apiSecret: 'demo0secret0of0the0sandbox0only0',
  senderNumber: '0215440000',
} as const;
