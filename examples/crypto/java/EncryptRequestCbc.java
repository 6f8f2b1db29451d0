import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The older form of an encrypted request, for systems that cannot make a JWE and whose contract allows it: AES-256-CBC with
 * PKCS#7 padding, and an HMAC-SHA-256 over mid|iv|encData. Java 17 alone is enough.
 *
 * <pre>PG_MID=... PG_KEY=&lt;base64 of 32 bytes&gt; java EncryptRequestCbc.java &lt; content.json</pre>
 *
 * Content in, the whole body out. TEST_IV (base64 of 16 bytes) is for vectors.json alone.
 */
public final class EncryptRequestCbc {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;

  /** HKDF (RFC 5869) with SHA-256, without salt, of 32 bytes: two keys from one, as what encrypts must not sign. */
  private static byte[] derived(byte[] key, String purpose) throws GeneralSecurityException {
    byte[] extracted = hmac(new byte[32], key);
    return hmac(extracted, ("pg-gateway legacy " + purpose + " v1\u0001").getBytes(UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }

  static String encryptRequest(byte[] content, String mid, byte[] key, byte[] iv)
      throws GeneralSecurityException {
    if (key.length != KEY_BYTES) throw new IllegalArgumentException("an encryption key has 32 bytes");
    // What Java calls PKCS5Padding is PKCS#7 for blocks of 16 bytes.
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    SecretKeySpec encryptionKey = new SecretKeySpec(derived(key, "encryption"), "AES");
    cipher.init(Cipher.ENCRYPT_MODE, encryptionKey, new IvParameterSpec(iv));
    String encData = Base64.getEncoder().encodeToString(cipher.doFinal(content));
    String writtenIv = Base64.getEncoder().encodeToString(iv);
    String signed = mid + "|" + writtenIv + "|" + encData;
    String mac = HexFormat.of().formatHex(hmac(derived(key, "mac"), signed.getBytes(UTF_8)));
    // Base64, hex and a mid need no escaping.
    return "{\"mid\":\"%s\",\"iv\":\"%s\",\"encData\":\"%s\",\"mac\":\"%s\"}"
        .formatted(mid, writtenIv, encData, mac);
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
        encryptRequest(System.in.readAllBytes(), System.getenv("PG_MID"), key, iv));
  }
}
