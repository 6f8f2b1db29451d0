<?php

/*
 * The older form of an encrypted request, for systems that cannot make a JWE and whose contract allows it: AES-256-CBC with
 * PKCS#7 padding, and an HMAC-SHA-256 over mid|iv|encData. PHP 8.1 with openssl is enough.
 *
 *   PG_MID=… PG_KEY=<base64 of 32 bytes> php encrypt-request-cbc.php < content.json
 *
 * Content in, the whole body out. TEST_IV (base64 of 16 bytes) is for vectors.json alone.
 */

declare(strict_types=1);

// The trace of an error shows what a function was given: here the card. From PHP 8.2 on the attributes below keep it out.
ini_set('zend.exception_ignore_args', '1');

/** @return array{mid: string, iv: string, encData: string, mac: string} */
function encryptRequest(
    #[SensitiveParameter] string $content,
    string $mid,
    #[SensitiveParameter] string $key,
    ?string $iv = null,
): array {
    if (strlen($key) !== 32) {
        throw new InvalidArgumentException('an encryption key has 32 bytes');
    }
    $iv ??= random_bytes(16);
    // Two keys from one: what encrypts must not sign.
    $encryptionKey = hash_hkdf('sha256', $key, 32, 'pg-gateway legacy encryption v1');
    $macKey = hash_hkdf('sha256', $key, 32, 'pg-gateway legacy mac v1');
    $sealed = openssl_encrypt($content, 'aes-256-cbc', $encryptionKey, OPENSSL_RAW_DATA, $iv);
    if ($sealed === false) {
        throw new RuntimeException('the content could not be encrypted');
    }
    $body = ['mid' => $mid, 'iv' => base64_encode($iv), 'encData' => base64_encode($sealed)];
    return $body + ['mac' => hash_hmac('sha256', implode('|', $body), $macKey)];
}

$testIv = getenv('TEST_IV');
$iv = $testIv === false ? null : base64_decode($testIv, true);
$content = (string) file_get_contents('php://stdin');
$body = encryptRequest($content, (string) getenv('PG_MID'), base64_decode((string) getenv('PG_KEY'), true), $iv);
echo json_encode($body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES), "\n";
