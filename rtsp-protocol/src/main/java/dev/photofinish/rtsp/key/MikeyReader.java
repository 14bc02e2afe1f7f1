package dev.photofinish.rtsp.key;

import dev.photofinish.rtsp.key.MikeyMessage.KeyData;
import dev.photofinish.rtsp.message.RtspFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a {@link MikeyMessage}. Its parts are bounded by its length. */
final class MikeyReader {
  static final int VERSION = 1;

  // RFC 3830 section 6.1
  private static final int RESPONSE = 1;
  private static final int SRTP_IDS = 0;
  private static final int NO_IDS = 1; // RFC 4563 section 3

  // RFC 3830 section 6.1, the types of payloads
  static final int LAST = 0;
  static final int KEMAC = 1;
  static final int TIMESTAMP = 5;
  private static final int ID = 6;
  private static final int VERIFICATION = 9;
  static final int POLICY = 10;
  static final int RANDOM = 11;
  static final int KEY_DATA = 20;
  private static final int EXTENSION = 21;

  private static final int COUNTER = 2;
  private static final int HMAC_SHA1_160 = 1;
  private static final int SHA1 = 20;
  private static final int LONGEST = 1 << 13;

  private final ByteBuffer in;
  private final List<MikeyMessage.Session> sessions = new ArrayList<>();
  private final Map<Integer, MikeyPolicy> policies = new HashMap<>();
  private final List<KeyData> keys = new ArrayList<>();
  private long timestamp;
  private byte[] random = {};

  MikeyReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  MikeyMessage read() throws RtspFormatException {
    if (in.remaining() > LONGEST) {
      throw wrong(in.remaining() + " bytes", LONGEST + " bytes at most");
    }
    try {
      return message();
    } catch (BufferUnderflowException e) {
      throw wrong("end after " + in.limit() + " bytes", "more");
    }
  }

  private MikeyMessage message() throws RtspFormatException {
    int version = octet();
    int type = octet();
    if (version != VERSION || type > RESPONSE) {
      throw wrong("version " + version + ", type " + type, "version 1, a pre-shared key message");
    }
    int payload = octet();
    octet(); // V flag and PRF: nothing is verified, and there is one PRF
    int bundle = in.getInt();
    int count = octet();
    int map = octet();
    if (map == SRTP_IDS) {
      for (int i = 0; i < count; i++) {
        sessions.add(new MikeyMessage.Session(octet(), in.getInt(), in.getInt() & 0xffffffffL));
      }
    } else if (map != NO_IDS) {
      throw wrong("map of type " + map, "a map of SRTP-IDs");
    }
    while (payload != LAST) {
      int next = octet();
      payload(payload);
      payload = next;
    }
    return new MikeyMessage(bundle, sessions, timestamp, Octets.of(random), policies, keys);
  }

  private void payload(int type) throws RtspFormatException {
    switch (type) {
      case TIMESTAMP -> timestamp = octet() == COUNTER ? in.getInt() : in.getLong();
      case RANDOM -> random = bytes(octet());
      case POLICY -> policy();
      case KEMAC -> kemac();
      case ID, EXTENSION -> {
        octet();
        bytes(length());
      }
      case VERIFICATION -> bytes(macLength());
      default -> throw wrong("payload of type " + type, "T, RAND, SP, ID, V or KEMAC");
    }
  }

  /** RFC 3830 section 6.10. */
  private void policy() throws RtspFormatException {
    int number = octet();
    int protocol = octet();
    ByteBuffer parameters = ByteBuffer.wrap(bytes(length()));
    Map<Integer, Integer> values = new HashMap<>();
    while (parameters.hasRemaining()) {
      int parameter = parameters.get() & 0xff;
      int value = 0;
      for (int left = parameters.get() & 0xff; left > 0; left--) {
        value = value << 8 | (parameters.get() & 0xff);
      }
      values.put(parameter, value);
    }
    if (protocol == MikeyPolicy.SRTP) {
      policies.put(number, new MikeyPolicy(values));
    }
  }

  /** RFC 3830 section 6.2; the encryption must be null. */
  private void kemac() throws RtspFormatException {
    int encryption = octet();
    if (encryption != 0) {
      throw wrong("keys under encryption " + encryption, "keys without encryption (MIKEY-NULL)");
    }
    ByteBuffer data = ByteBuffer.wrap(bytes(length()));
    bytes(macLength());
    for (int payload = KEY_DATA; payload == KEY_DATA && data.hasRemaining(); ) {
      payload = data.get() & 0xff;
      keys.add(keyData(data));
    }
  }

  private int macLength() {
    return octet() == HMAC_SHA1_160 ? SHA1 : 0;
  }

  /** RFC 3830 section 6.13: types 1 and 3 have a salt; KV data of type 1 is an SPI. */
  private static KeyData keyData(ByteBuffer data) throws RtspFormatException {
    int kind = data.get() & 0xff;
    int type = kind >> 4;
    if (type > 3) {
      throw wrong("key of type " + type, "a TGK or a TEK");
    }
    byte[] key = bytes(data, data.getShort() & 0xffff);
    byte[] salt = (type & 1) == 0 ? new byte[0] : bytes(data, data.getShort() & 0xffff);
    byte[] spi = {};
    switch (kind & 0x0f) {
      case 0 -> {}
      case 1 -> spi = bytes(data, data.get() & 0xff);
      case 2 -> {
        bytes(data, data.get() & 0xff);
        bytes(data, data.get() & 0xff);
      }
      default -> throw wrong("key validity of type " + (kind & 0x0f), "0, 1 or 2");
    }
    return new KeyData(
        type < 2 ? KeyData.Type.TGK : KeyData.Type.TEK,
        Octets.of(key),
        Octets.of(salt),
        Octets.of(spi));
  }

  private int octet() {
    return in.get() & 0xff;
  }

  private int length() {
    return in.getShort() & 0xffff;
  }

  private byte[] bytes(int length) {
    return bytes(in, length);
  }

  /** Nothing is allocated for what is not there. */
  private static byte[] bytes(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static RtspFormatException wrong(String seen, String expected) {
    return new RtspFormatException("MIKEY message", seen, expected);
  }
}
