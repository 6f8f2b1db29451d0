import { z } from 'zod';
import { ACQUIRERS } from './core/acquirer';

const LAST_PORT = 65_535;
const DEFAULT_PORT = 3_900;
/** The mail server's port comes so far after the main one. */
const SMTP_PLACE = 25;

const schema = z.object({
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(LAST_PORT - SMTP_PLACE)
    .default(DEFAULT_PORT),
  SANDBOX_SMTP_PORT: z.coerce.number().int().min(0).max(LAST_PORT).optional(),
  SANDBOX_DATA_DIR: z.string().min(1).default('.data/sandbox'),
  SANDBOX_WEBHOOK_URL: z.union([z.url(), z.literal('off')]).default('http://127.0.0.1:3000/v1/webhooks'),
  SANDBOX_TIME_SCALE: z.coerce.number().positive().max(1_000).default(1),
});

export interface SandboxConfig {
  readonly host: string;
  /** 0 gives every listener a free port of its own. */
  readonly port: number;
  readonly smtpPort: number;
  readonly dataDir: string;
  readonly timeScale: number;
  /** Webhooks go below this address: `/toss`, `/portone` …; undefined where none are sent. */
  readonly webhookUrl: string | undefined;
}

/** Throws with a text that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): SandboxConfig {
  const parsed = schema.safeParse(env);
  if (!parsed.success) throw new Error(`Wrong settings:\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  return {
    host: data.SANDBOX_HOST,
    port: data.SANDBOX_PORT,
    smtpPort: data.SANDBOX_SMTP_PORT ?? (data.SANDBOX_PORT === 0 ? 0 : data.SANDBOX_PORT + SMTP_PLACE),
    dataDir: data.SANDBOX_DATA_DIR,
    timeScale: data.SANDBOX_TIME_SCALE,
    webhookUrl: data.SANDBOX_WEBHOOK_URL === 'off' ? undefined : data.SANDBOX_WEBHOOK_URL.replace(/\/+$/, ''),
  };
}

export const HELP = `The sandbox of every acquirer (TossPayments, KG Inicis, PortOne V1, NICEPAY, KakaoPay, NaverPay), of Popbill, of the SMS
 provider (SOLAPI, below /sms of the main port) and of a mail server, for tests and for building offline.

  node dist/src/sandbox/main.js [--help]

Environment:
  SANDBOX_HOST        address to listen on (127.0.0.1)
  SANDBOX_PORT        main port (${DEFAULT_PORT}); every acquirer also has a port of its own after it:
                      ${ACQUIRERS.map((name, place) => `${name} ${DEFAULT_PORT + 1 + place}`).join(', ')}
  SANDBOX_SMTP_PORT   port of its mail server (${DEFAULT_PORT + SMTP_PLACE}: SANDBOX_PORT + ${SMTP_PLACE})
  SANDBOX_DATA_DIR    folder of the journals (.data/sandbox)
  SANDBOX_WEBHOOK_URL where webhooks are sent, each acquirer's below it (http://127.0.0.1:3000/v1/webhooks); off: none
  SANDBOX_TIME_SCALE  multiplies the waits of the test cards (1); 0.01 makes 3 s into 30 ms

Point the gateway at an acquirer's own port, such as http://127.0.0.1:3901/toss: only that port can refuse connections.
Control interface, from this machine only: http://127.0.0.1:3900/__sandbox/health
`;
