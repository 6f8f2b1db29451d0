import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encData of a request: JWE compact serialisation (RFC 7516), alg dir, enc A256GCM. Java 17 alone is enough.
 *
 * <pre>PG_KEY_ID=... PG_KEY=&lt;base64 of 32 bytes&gt; java EncryptRequest.java &lt; content.json</pre>
 *
 * Content in, encData out. TEST_IV (base64 of 12 bytes) is for vectors.json alone: no initialisation vector may ever be used
 * twice with one key.
 */
public final class EncryptRequest {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  static String encryptRequest(byte[] content, String keyId, byte[] key, byte[] iv)
      throws GeneralSecurityException {
    if (key.length != KEY_BYTES) throw new IllegalArgumentException("an encryption key has 32 bytes");
    String json = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"" + keyId + "\"}";
    String header = BASE64URL.encodeToString(json.getBytes(UTF_8));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, iv));
    // The header is not secret, but nobody may change it.
    cipher.updateAAD(header.getBytes(US_ASCII));
    byte[] sealed = cipher.doFinal(content);
    int end = sealed.length - TAG_BYTES;
    // The part between the first two dots is an encrypted key; with alg dir there is none.
    return String.join(
        ".",
        header,
        "",
        BASE64URL.encodeToString(iv),
        BASE64URL.encodeToString(Arrays.copyOf(sealed, end)),
        BASE64URL.encodeToString(Arrays.copyOfRange(sealed, end, sealed.length)));
  }

  private static byte[] newIv() {
    byte[] iv = new byte[IV_BYTES];
    new SecureRandom().nextBytes(iv);
    return iv;
  }

  public static void main(String[] arguments) throws Exception {
    String testIv = System.getenv("TEST_IV");
    byte[] key = Base64.getDecoder().decode(System.getenv("PG_KEY"));
    byte[] iv = testIv == null ? newIv() : Base64.getDecoder().decode(testIv);
    System.out.println(
        encryptRequest(System.in.readAllBytes(), System.getenv("PG_KEY_ID"), key, iv));
  }
}
