package dev.photofinish.cli.gst;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A message of the host's (docs/gstreamer-protocol.md), read and checked. */
sealed interface HostMessage {
  /**
   * The first message.
   *
   * @param version the highest that the host speaks
   * @param plugin the plugin's own
   */
  record Hello(int version, String plugin) implements HostMessage {}

  /** Begins the stream of an element. */
  record Open(int element, OpenRequest request) implements HostMessage {}

  /** Ends it. */
  record Close(int element) implements HostMessage {}

  /** The host wants a key frame. */
  record KeyFrame(int element, int track) implements HostMessage {}

  /**
   * Asks for the statistics of a stream.
   *
   * @param number repeated in the answer
   */
  record GetStats(int element, int number) implements HostMessage {}

  /**
   * Asks the camera for parameters, or sets them.
   *
   * @param number repeated in the answer
   */
  record Parameter(int element, int number, ParameterRequest request) implements HostMessage {}

  /**
   * Audio for the camera.
   *
   * @param packet of RTP, not pooled
   */
  record Talk(int element, ByteBuf packet) implements HostMessage {}

  /**
   * Whether a certificate of the camera is accepted.
   *
   * @param number of the question
   */
  record CertificateAnswer(int element, int number, boolean accepted) implements HostMessage {}

  /** One that a later version may know. */
  record Unknown(int type) implements HostMessage {}

  /**
   * Reads one.
   *
   * @param message what follows the length
   */
  static HostMessage read(ByteBuf message) throws MalformedMessageException {
    if (message.readableBytes() < Wire.HEADER) {
      throw new MalformedMessageException("a length of " + message.readableBytes());
    }
    int type = message.readUnsignedByte();
    int element = message.readInt();
    return switch (type) {
      case Wire.HELLO -> hello(message);
      case Wire.OPEN -> new Open(element, OpenRequest.read(message));
      case Wire.CLOSE -> new Close(element);
      case Wire.KEY_FRAME -> {
        require("key-frame", message, 1);
        yield new KeyFrame(element, message.readUnsignedByte());
      }
      case Wire.GET_STATS -> {
        require("get-stats", message, 4);
        yield new GetStats(element, message.readInt());
      }
      case Wire.PARAMETER -> {
        require("parameter", message, 4);
        yield new Parameter(element, message.readInt(), ParameterRequest.read(message));
      }
      case Wire.TALK -> new Talk(element, Unpooled.wrappedBuffer(ByteBufUtil.getBytes(message)));
      case Wire.CERTIFICATE_ANSWER -> {
        require("certificate-answer", message, 5);
        yield new CertificateAnswer(element, message.readInt(), message.readBoolean());
      }
      default -> new Unknown(type);
    };
  }

  private static Hello hello(ByteBuf message) throws MalformedMessageException {
    require("hello", message, 2);
    int version = message.readUnsignedShort();
    if (version == 0) {
      throw new MalformedMessageException("a hello of version 0");
    }
    return new Hello(version, message.toString(StandardCharsets.UTF_8));
  }

  private static void require(String name, ByteBuf message, int bytes)
      throws MalformedMessageException {
    if (message.readableBytes() < bytes) {
      throw new MalformedMessageException(
          "a " + name + " of " + message.readableBytes() + " bytes; expected " + bytes);
    }
  }
}
