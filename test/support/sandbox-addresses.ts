/** As scripts/lib/sandbox-addresses.mjs, which a CommonJS test cannot load. */
export function sandboxAddresses(sandboxPort: number): Record<string, string> {
  const own = (place: number, path: string) => `http://127.0.0.1:${sandboxPort + place}/${path}`;
  return {
    TOSS_BASE_URL: own(1, 'toss'),
    INICIS_BASE_URL: own(2, 'inicis'),
    INICIS_STDPAY_URL: own(2, 'inicis'),
    PORTONE_BASE_URL: own(3, 'portone'),
    NICEPAY_BASE_URL: own(4, 'nicepay'),
    NICEPAY_LEGACY_URL: own(4, 'nicepay'),
    KAKAOPAY_BASE_URL: own(5, 'kakaopay'),
    NAVERPAY_BASE_URL: own(6, 'naverpay'),
    POPBILL_BASE_URL: own(7, 'popbill'),
    POPBILL_AUTH_URL: own(7, 'popbill'),
  };
}

/** The sandbox's main port and one for each acquirer. */
export const SANDBOX_PORTS = 1 + new Set(Object.values(sandboxAddresses(0))).size;

/** Where the sandbox takes messages. */
export function messagingAddresses(sandboxPort: number, smtpPort: number): Record<string, string> {
  return {
    SOLAPI_BASE_URL: `http://127.0.0.1:${sandboxPort}/sms`,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  };
}
