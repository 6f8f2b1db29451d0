import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a webhook is genuine, as https://www.standardwebhooks.com says. Java 17 alone is enough.
 *
 * <pre>WEBHOOK_SECRETS='whsec_... whsec_...' java VerifyWebhook.java ID TIMESTAMP SIGNATURE [NOW] &lt; body</pre>
 *
 * The arguments are the headers webhook-id, webhook-timestamp and webhook-signature. Two secrets live while one is being
 * rotated. NOW (Unix time in seconds) is for vectors.json alone. Exit code 1: answer 400 and do nothing.
 */
public final class VerifyWebhook {
  private static final long TOLERANCE_SECONDS = 300;
  private static final int SECRET_BYTES_MIN = 24;

  record Message(String id, String timestamp, String signature, byte[] body) {}

  /** The body is the bytes as they came; parsed and written anew they have another signature. */
  static boolean isGenuine(Message message, List<String> secrets, long nowSeconds)
      throws GeneralSecurityException {
    if (!message.timestamp().matches("[0-9]{1,12}")) return false;
    if (Math.abs(nowSeconds - Long.parseLong(message.timestamp())) > TOLERANCE_SECONDS) return false;
    for (String secret : secrets) {
      byte[] expected = signatureOf(secret, message).getBytes(UTF_8);
      for (String given : message.signature().split(" ")) {
        // Compares in constant time.
        if (MessageDigest.isEqual(expected, given.getBytes(UTF_8))) return true;
      }
    }
    return false;
  }

  private static String signatureOf(String secret, Message message) throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    if (key.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException("this is no secret of a webhook endpoint");
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((message.id() + "." + message.timestamp() + ".").getBytes(UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(message.body()));
  }

  public static void main(String[] arguments) throws Exception {
    Message message =
        new Message(arguments[0], arguments[1], arguments[2], System.in.readAllBytes());
    List<String> secrets = List.of(System.getenv("WEBHOOK_SECRETS").split(" "));
    long now = arguments.length > 3 ? Long.parseLong(arguments[3]) : Instant.now().getEpochSecond();
    boolean genuine = isGenuine(message, secrets, now);
    System.out.println(genuine ? "genuine" : "not genuine");
    System.exit(genuine ? 0 : 1);
  }
}
