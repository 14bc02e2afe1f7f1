package dev.photofinish.rtsp.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Writes a {@link MikeyMessage}: T, RAND, SP and KEMAC, which is what cameras read. */
final class MikeyWriter {
  private static final int TEK_WITH_SALT_BEHIND = 2 << 4;
  private static final int SPI = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private MikeyWriter() {}

  static byte[] write(MikeyMessage message) {
    var writer = new MikeyWriter();
    writer.header(message);
    writer.octets(MikeyReader.RANDOM, 0);
    writer.bytes(ByteBuffer.allocate(8).putLong(message.timestamp()).array());
    int left = message.policies().size();
    writer.octets(left == 0 ? MikeyReader.KEMAC : MikeyReader.POLICY, message.random().length());
    writer.bytes(message.random().bytes());
    for (Map.Entry<Integer, MikeyPolicy> policy : new TreeMap<>(message.policies()).entrySet()) {
      writer.octets(--left == 0 ? MikeyReader.KEMAC : MikeyReader.POLICY);
      writer.policy(policy.getKey(), policy.getValue());
    }
    writer.kemac(message);
    return writer.out.toByteArray();
  }

  private void header(MikeyMessage message) {
    octets(MikeyReader.VERSION, 0, MikeyReader.TIMESTAMP, 0);
    number(message.bundle());
    octets(message.sessions().size(), 0);
    for (MikeyMessage.Session session : message.sessions()) {
      octets(session.policy());
      number(session.ssrc());
      number((int) session.rollover());
    }
  }

  private void policy(int number, MikeyPolicy policy) {
    octets(number, MikeyPolicy.SRTP);
    length(3 * policy.values().size());
    for (Map.Entry<Integer, Integer> value : new TreeMap<>(policy.values()).entrySet()) {
      octets(value.getKey(), 1, value.getValue());
    }
  }

  /** Without encryption and MAC. */
  private void kemac(MikeyMessage message) {
    var data = new MikeyWriter();
    int left = message.keys().size();
    for (MikeyMessage.KeyData key : message.keys()) {
      boolean named = key.spi().length() > 0;
      data.octets(
          --left == 0 ? MikeyReader.LAST : MikeyReader.KEY_DATA,
          TEK_WITH_SALT_BEHIND | (named ? SPI : 0));
      data.length(key.key().length() + key.salt().length());
      data.bytes(key.key().bytes());
      data.bytes(key.salt().bytes());
      if (named) {
        data.octets(key.spi().length());
        data.bytes(key.spi().bytes());
      }
    }
    octets(MikeyReader.LAST, 0);
    length(data.out.size());
    bytes(data.out.toByteArray());
    octets(0);
  }

  private void octets(int... octets) {
    for (int octet : octets) {
      out.write(octet);
    }
  }

  private void length(int value) {
    octets(value >> 8, value);
  }

  private void number(int value) {
    bytes(ByteBuffer.allocate(4).putInt(value).array());
  }

  private void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }
}
