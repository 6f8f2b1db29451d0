<?php

/*
 * Whether a webhook is genuine, as https://www.standardwebhooks.com says. PHP 8.1 alone is enough.
 *
 *   WEBHOOK_SECRETS='whsec_… whsec_…' php verify-webhook.php ID TIMESTAMP SIGNATURE [NOW] < body
 *
 * The arguments are the headers webhook-id, webhook-timestamp and webhook-signature. Two secrets live while one is being
 * rotated. NOW (Unix time in seconds) is for vectors.json alone. Exit code 1: answer 400 and do nothing.
 */

declare(strict_types=1);

const TOLERANCE_SECONDS = 300;
const SECRET_BYTES_MIN = 24;

function signatureOf(string $secret, string $signed): string
{
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    if ($key === false || strlen($key) < SECRET_BYTES_MIN) {
        throw new InvalidArgumentException('this is no secret of a webhook endpoint');
    }
    return 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
}

/**
 * $body: the bytes as they came; parsed and written anew they have another signature.
 *
 * @param array{id: string, timestamp: string, signature: string} $headers
 * @param list<string> $secrets
 */
function isGenuine(array $headers, string $body, array $secrets, int $nowSeconds): bool
{
    ['id' => $id, 'timestamp' => $timestamp, 'signature' => $signature] = $headers;
    if (preg_match('/^[0-9]{1,12}$/D', $timestamp) !== 1 || abs($nowSeconds - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    foreach ($secrets as $secret) {
        $expected = signatureOf($secret, "$id.$timestamp.$body");
        foreach (explode(' ', $signature) as $given) {
            if (hash_equals($expected, $given)) {
                return true;
            }
        }
    }
    return false;
}

[, $id, $timestamp, $signature] = $argv;
$headers = ['id' => $id, 'timestamp' => $timestamp, 'signature' => $signature];
$secrets = explode(' ', (string) getenv('WEBHOOK_SECRETS'));
$genuine = isGenuine($headers, (string) file_get_contents('php://stdin'), $secrets, (int) ($argv[4] ?? time()));
echo $genuine ? 'genuine' : 'not genuine', "\n";
exit($genuine ? 0 : 1);
