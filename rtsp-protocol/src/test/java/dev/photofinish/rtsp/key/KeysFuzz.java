package dev.photofinish.rtsp.key;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.photofinish.rtsp.message.KeyMgmtHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Parsers of keys against whatever a fuzzer finds: nothing but the declared error, and what was
 * read and can be used is written and read as the same.
 *
 * <p>The normal test run replays the seeds beside this class's resources; with {@code
 * JAZZER_FUZZ=1} the fuzzer searches.
 */
class KeysFuzz {

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("The property does not hold");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void mikey(byte[] data) {
    try {
      MikeyMessage message = MikeyMessage.parse(data);
      require(message.keys().size() <= data.length);
      MikeyKeys keys = MikeyKeys.of(Base64.getEncoder().encodeToString(data));
      require(!keys.keys().isEmpty());
    } catch (RtspFormatException e) {
      require(!e.seen().isEmpty() && !e.expected().isEmpty());
    }
  }

  @FuzzTest(maxDuration = "30s")
  void sdes(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    try {
      for (MasterKey key : CryptoAttribute.parse(text).keys()) {
        require(key.key().length == key.suite().keyLength());
        require(key.salt().length == key.suite().saltLength());
      }
    } catch (RtspFormatException e) {
      require(!e.seen().isEmpty() && !e.expected().isEmpty());
    }
    try {
      KeyMgmtHeader header = KeyMgmtHeader.parse(text);
      require(KeyMgmtHeader.parse(header.value()).equals(header));
    } catch (RtspFormatException e) {
      require(!e.seen().isEmpty() && !e.expected().isEmpty());
    }
  }
}
