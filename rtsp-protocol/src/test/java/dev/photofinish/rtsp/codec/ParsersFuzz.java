package dev.photofinish.rtsp.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeader;
import dev.photofinish.rtsp.message.Authorization;
import dev.photofinish.rtsp.message.Challenge;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.PresentationUrls;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionDescription;
import dev.photofinish.rtsp.message.SessionHeader;
import dev.photofinish.rtsp.message.TransportHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parsers against whatever a fuzzer finds: nothing but the declared error, and what was read is
 * written and read as the same.
 *
 * <p>The normal test run replays the seeds beside this class's resources; with {@code
 * JAZZER_FUZZ=1} the fuzzer searches.
 */
class ParsersFuzz {

  @FunctionalInterface
  private interface Parsing {
    void parse() throws RtspFormatException, RtpFormatException;
  }

  private static void attempt(Parsing parsing) {
    try {
      parsing.parse();
    } catch (RtspFormatException e) {
      require(!e.seen().isEmpty() && !e.expected().isEmpty());
    } catch (RtpFormatException e) {
      require(e.getMessage() != null);
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("The property does not hold");
    }
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  @FuzzTest(maxDuration = "30s")
  void decoder(byte[] data) {
    Decoded whole = Decoded.of(data);
    require(whole.events.stream().noneMatch(ParsersFuzz::isUndeclared));
    int half = data.length / 2;
    var split = new Decoded().feed(data, 0, half).feed(data, half, data.length).end();
    require(split.log().equals(whole.log()));
  }

  private static boolean isUndeclared(Object event) {
    return event instanceof Throwable && !(event instanceof RtspFormatException);
  }

  @FuzzTest(maxDuration = "30s")
  void sdp(byte[] data) {
    attempt(
        () -> {
          var sdp = SessionDescription.parse(text(data));
          require(!sdp.media().isEmpty());
          var urls = PresentationUrls.of(RtspUrl.parse("rtsp://h/"), Headers.empty(), sdp);
          urls.media(sdp.media().get(0));
        });
  }

  @FuzzTest(maxDuration = "30s")
  void headers(byte[] data) {
    String value = text(data);
    attempt(
        () -> {
          SessionHeader session = SessionHeader.parse(value);
          require(SessionHeader.parse(session.toString()).equals(session));
        });
    attempt(() -> TransportHeader.parseAll(value));
    attempt(() -> RtpInfo.parseAll(value));
    attempt(
        () -> {
          RangeHeader range = RangeHeader.parse(value);
          require(RangeHeader.parse(range.toString()).unit().equals(range.unit()));
        });
    attempt(
        () -> {
          List<Challenge> challenges = Challenge.parseAll(List.of(value));
          require(!challenges.isEmpty());
        });
    attempt(() -> Authorization.parse(value));
    attempt(() -> RtspUrl.parse(value));
  }

  @FuzzTest(maxDuration = "30s")
  void rtp(byte[] data) {
    attempt(
        () -> {
          RtpHeader header = RtpHeader.parse(ByteBuffer.wrap(data));
          require(header.headerLength() + header.payloadLength() <= data.length);
        });
    attempt(() -> require(!RtcpPacket.parseAll(ByteBuffer.wrap(data)).isEmpty()));
  }
}
