package dev.photofinish.camera;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The encryption of the media that one connection asks for, by keys of its own; where a camera
 * encrypts nothing, everything stays as it is.
 */
final class SecuredMedia {

  private static final long FROM_1900_TO_1970 = 2_208_988_800L;
  private static final String CONTROL = "a=control:trackID=";

  private final KeyExchange exchange;
  private final SrtpCipher suite;
  private final CameraContext context;
  private final Map<Integer, byte[]> keys = new TreeMap<>();

  SecuredMedia(CameraContext context) {
    this.exchange = context.options().get(Knob.SRTP);
    this.suite = context.options().get(Knob.SRTP_SUITE);
    this.context = context;
  }

  private boolean isOff() {
    return exchange == KeyExchange.NONE;
  }

  /** The key of a track with the salt behind it. */
  private byte[] key(int track) {
    return keys.computeIfAbsent(track, added -> drawn(suite.keyLength() + suite.saltLength()));
  }

  private byte[] drawn(int length) {
    byte[] drawn = new byte[length];
    context.random().nextBytes(drawn);
    return drawn;
  }

  /** A session description with the profile and the keys of its tracks. */
  String describe(String sdp) {
    return isOff() ? sdp : sdp.lines().map(this::describeLine).collect(Collectors.joining());
  }

  private String describeLine(String line) {
    if (line.startsWith("m=")) {
      return line.replace("RTP/AVP", "RTP/SAVP") + "\r\n";
    }
    if (!line.startsWith(CONTROL)) {
      return line + "\r\n";
    }
    byte[] key = key(Integer.parseInt(line.substring(CONTROL.length())));
    String attribute =
        exchange == KeyExchange.SDES
            ? "a=crypto:1 " + suite + " inline:" + Base64.getEncoder().encodeToString(key)
            : "a=key-mgmt:mikey " + Base64.getEncoder().encodeToString(mikey(key));
    return line + "\r\n" + attribute + "\r\n";
  }

  /**
   * A pre-shared key message without encryption (RFC 3830): its header, T, RAND, SP and KEMAC, as
   * GStreamer's server writes them.
   */
  private byte[] mikey(byte[] key) {
    byte[] policy = policy();
    ByteBuffer message = ByteBuffer.allocate(512);
    message
        .put(new byte[] {1, 0, 5, 0})
        .putInt(context.random().nextInt())
        .put(new byte[] {1, 0})
        .put(new byte[9]) // one session: policy 0, any SSRC, rollover counter 0
        .put(new byte[] {11, 0})
        .putLong((System.currentTimeMillis() / 1000 + FROM_1900_TO_1970) << 32)
        .put(new byte[] {10, 16})
        .put(drawn(16))
        .put(new byte[] {1, 0, 0, 0, (byte) policy.length})
        .put(policy)
        .put(new byte[] {0, 0, 0, (byte) (key.length + 4)})
        .put(new byte[] {0, 2 << 4, 0, (byte) key.length})
        .put(key)
        .put((byte) 0);
    return Arrays.copyOf(message.array(), message.position());
  }

  /**
   * RFC 3830 section 6.10.1, RFC 7714 section 14.3: type, length, value. The length of the tag is
   * that of the authentication key too, as GStreamer writes and reads it.
   */
  private byte[] policy() {
    byte keyLength = (byte) suite.keyLength();
    byte tag = (byte) suite.tagLength();
    return suite.isGcm()
        ? new byte[] {0, 1, 6, 1, 1, keyLength, 20, 1, tag, 7, 1, 1, 8, 1, 1, 10, 1, 1}
        : new byte[] {
          0, 1, 1, 1, 1, keyLength, 2, 1, 1, 3, 1, tag, 7, 1, 1, 8, 1, 1, 10, 1, 1, 11, 1, tag
        };
  }

  /**
   * The alternatives of a {@code Transport} header that ask for what is served, in the words of
   * media in the clear: encrypted or not.
   */
  String asked(String transport) {
    return Arrays.stream(transport.split(",", -1))
        .filter(each -> isSecured(each) != isOff())
        .map(each -> each.replaceFirst("(?i)RTP/SAVP", "RTP/AVP"))
        .collect(Collectors.joining(","));
  }

  private static boolean isSecured(String transport) {
    return transport.strip().toUpperCase(Locale.ROOT).startsWith("RTP/SAVP");
  }

  /** Encrypts what is sent on a track. */
  RtpSink secure(int track, RtpSink sink) {
    return isOff() ? sink : new SecuredSink(sink, new SrtpEncryption(suite, key(track)));
  }
}
