<?php

/*
 * The encData of a request: JWE compact serialisation (RFC 7516), alg dir, enc A256GCM. PHP 8.1 with openssl is enough.
 *
 *   PG_KEY_ID=… PG_KEY=<base64 of 32 bytes> php encrypt-request.php < content.json
 *
 * Content in, encData out. TEST_IV (base64 of 12 bytes) is for vectors.json alone: no initialisation vector may ever be used
 * twice with one key.
 */

declare(strict_types=1);

// The trace of an error shows what a function was given: here the card. From PHP 8.2 on the attributes below keep it out.
ini_set('zend.exception_ignore_args', '1');

function base64url(string $data): string
{
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}

function encryptRequest(
    #[SensitiveParameter] string $content,
    string $keyId,
    #[SensitiveParameter] string $key,
    ?string $iv = null,
): string {
    // A key that is too short would be filled up with zeros, without a word.
    if (strlen($key) !== 32) {
        throw new InvalidArgumentException('an encryption key has 32 bytes');
    }
    $iv ??= random_bytes(12);
    $header = base64url(json_encode(['alg' => 'dir', 'enc' => 'A256GCM', 'kid' => $keyId], JSON_THROW_ON_ERROR));
    // The header is not secret, but nobody may change it.
    $ciphertext = openssl_encrypt($content, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $header, 16);
    if ($ciphertext === false) {
        throw new RuntimeException('the content could not be encrypted');
    }
    // The part between the first two dots is an encrypted key; with alg dir there is none.
    return $header . '..' . implode('.', array_map('base64url', [$iv, $ciphertext, $tag]));
}

$testIv = getenv('TEST_IV');
$iv = $testIv === false ? null : base64_decode($testIv, true);
$content = (string) file_get_contents('php://stdin');
echo encryptRequest($content, (string) getenv('PG_KEY_ID'), base64_decode((string) getenv('PG_KEY'), true), $iv), "\n";
