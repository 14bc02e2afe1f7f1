package dev.photofinish.cli.gst;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** The numbers of docs/gstreamer-protocol.md, and the writing of its messages. */
final class Wire {
  /** The highest version, which has all that the ones before it have. */
  static final int VERSION = 2;

  /** Bytes of the length. */
  static final int LENGTH = 4;

  /** Bytes of type and element, which the length counts. */
  static final int HEADER = 5;

  /** Most bytes that follow a length. */
  static final int MOST = 4 << 20;

  /** The element of messages about the process as a whole. */
  static final int PROCESS = 0;

  static final int HELLO = 1;
  static final int OPEN = 2;
  static final int CLOSE = 3;
  static final int KEY_FRAME = 4;
  static final int GET_STATS = 5;
  static final int PARAMETER = 6;
  static final int TALK = 7;
  static final int CERTIFICATE_ANSWER = 8;

  static final int HELLO_ANSWER = 65;
  static final int TRACKS = 66;
  static final int PACKETS = 67;
  static final int RTCP = 68;
  static final int EVENT = 69;
  static final int ERROR = 70;
  static final int EOS = 71;
  static final int CLOSED = 72;
  static final int STATS = 73;
  static final int DESCRIPTION = 74;
  static final int PARAMETER_ANSWER = 75;
  static final int BACK_CHANNEL = 76;
  static final int CERTIFICATE = 77;

  private Wire() {}

  /**
   * Length, type and element of a message, with room for the payload.
   *
   * @param payload bytes that will follow
   * @param room bytes of those that will be written into this buffer
   */
  static ByteBuf header(ByteBufAllocator allocator, int type, int element, int payload, int room) {
    return allocator
        .buffer(LENGTH + HEADER + room)
        .writeInt(HEADER + payload)
        .writeByte(type)
        .writeInt(element);
  }

  /** A message without a payload. */
  static ByteBuf empty(ByteBufAllocator allocator, int type, int element) {
    return header(allocator, type, element, 0, 0);
  }

  /** A message that is text. */
  static ByteBuf text(ByteBufAllocator allocator, int type, int element, String text) {
    int bytes = ByteBufUtil.utf8Bytes(text);
    ByteBuf message = header(allocator, type, element, bytes, bytes);
    ByteBufUtil.writeUtf8(message, text);
    return message;
  }

  /** The first message of the process. */
  static ByteBuf hello(ByteBufAllocator allocator, int version, String program) {
    int bytes = Short.BYTES + ByteBufUtil.utf8Bytes(program);
    ByteBuf message = header(allocator, HELLO_ANSWER, PROCESS, bytes, bytes).writeShort(version);
    ByteBufUtil.writeUtf8(message, program);
    return message;
  }

  /** A compound packet of RTCP. */
  static ByteBuf rtcp(ByteBufAllocator allocator, int element, int track, ByteBuf rtcp) {
    int bytes = 1 + rtcp.readableBytes();
    return header(allocator, RTCP, element, bytes, bytes)
        .writeByte(track)
        .writeBytes(rtcp, rtcp.readerIndex(), rtcp.readableBytes());
  }

  /**
   * An answer to a request of the host's.
   *
   * @param number that of the request
   */
  static ByteBuf answer(
      ByteBufAllocator allocator, int type, int element, int number, String json) {
    int bytes = Integer.BYTES + ByteBufUtil.utf8Bytes(json);
    ByteBuf message = header(allocator, type, element, bytes, bytes).writeInt(number);
    ByteBufUtil.writeUtf8(message, json);
    return message;
  }
}
