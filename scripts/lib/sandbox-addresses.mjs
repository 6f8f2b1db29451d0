/** The addresses of the sandbox's acquirers, each on a port of its own after the main one, as the gateway's settings. */
export function sandboxAddresses(sandboxPort, host = '127.0.0.1') {
  const own = (place, path) => `http://${host}:${sandboxPort + place}/${path}`;
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

/** Where the sandbox takes messages: the SMS provider on its main port, the mail server on its own. */
export function messagingAddresses(sandboxPort, smtpPort = sandboxPort + 25, host = '127.0.0.1') {
  return { SOLAPI_BASE_URL: `http://${host}:${sandboxPort}/sms`, SMTP_URL: `smtp://${host}:${smtpPort}` };
}
