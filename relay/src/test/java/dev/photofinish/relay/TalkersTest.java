package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.Talk;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.client.BackChannel;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Those who talk to a camera, without one and at virtual times. */
class TalkersTest implements Talkers.Line {
  private static final MediaFormat PCMU =
      new MediaFormat(0, "PCMU", OptionalInt.of(8_000), OptionalInt.empty(), List.of());
  private static final MediaFormat PCMA =
      new MediaFormat(8, "PCMA", OptionalInt.of(8_000), OptionalInt.empty(), List.of());

  private final MockTicker clock = Ticker.newMockTicker();
  private final List<String> sent = new ArrayList<>();
  private final Talkers talkers = new Talkers("door", this, this::want, clock);
  private Optional<MediaFormat> format = Optional.of(PCMU);
  private int wanted;

  private void want() {
    wanted++;
  }

  @Override
  public Optional<MediaFormat> format() {
    return format;
  }

  @Override
  public boolean send(ByteBuf payload, int samples) {
    sent.add((char) payload.getByte(payload.readerIndex()) + " " + samples);
    payload.release();
    return true;
  }

  private Talk talker(String name) {
    talkers.described(Optional.of(PCMU));
    return point().open(name);
  }

  private TalkPoint point() {
    return talkers.point().orElseThrow();
  }

  private static void say(Talk by, char what, int bytes) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(0).writeShort(1).writeInt(0).writeInt(77);
    for (int i = 0; i < bytes; i++) {
      packet.writeByte(what);
    }
    MediaStream media = new MediaStream(0, "audio", "PCMU", 0, 8_000, 0, "", false);
    try {
      by.packet(RtpPacket.of(media, packet));
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    }
    assertThat(packet.refCnt()).as("references that are left to the caller").isEqualTo(1);
    packet.release();
  }

  @Test
  void oneIsHeardAtATimeAndTheOthersAreCounted() {
    Talk anna = talker("anna");
    Talk bert = talker("bert");
    say(anna, 'a', 160);
    say(bert, 'b', 160);
    clock.advance(1_999, TimeUnit.MILLISECONDS);
    say(bert, 'b', 160);
    say(anna, 'a', 80);
    clock.advance(2, TimeUnit.SECONDS);
    say(bert, 'b', 160);
    say(anna, 'a', 160);
    bert.close();
    say(anna, 'a', 160);
    assertThat(sent).containsExactly("a 160", "a 80", "b 160", "a 160");
    assertThat(anna.packets()).isEqualTo(3);
    assertThat(anna.dropped()).isEqualTo(1);
    assertThat(bert.packets()).isEqualTo(1);
    assertThat(bert.dropped()).isEqualTo(2);
  }

  @Test
  void whatIsSaidWhileTheCameraIsAwayIsDropped() {
    Talk anna = talker("anna");
    format = Optional.empty();
    say(anna, 'a', 160);
    format = Optional.of(PCMU);
    say(anna, 'b', 160);
    assertThat(sent).containsExactly("b 160");
    assertThat(anna.dropped()).isEqualTo(1);
  }

  /** A talker goes on with what it was told; those who ask again get what the camera takes now. */
  @Test
  void audioThatTheCameraNoLongerTakesIsDropped() {
    Talk anna = talker("anna");
    format = Optional.of(PCMA);
    talkers.described(format);
    say(anna, 'a', 160);
    assertThat(sent).isEmpty();
    assertThat(point().media().codec()).isEqualTo("PCMA");
    talkers.described(Optional.empty());
    assertThat(talkers.point()).isEmpty();
  }

  @Test
  void payloadsThatTheClientDoesNotTakeAreDropped() {
    Talk anna = talker("anna");
    say(anna, 'a', BackChannel.MOST_BYTES + 1);
    say(anna, 'b', 0);
    say(anna, 'c', BackChannel.MOST_BYTES);
    assertThat(sent).containsExactly("c 8192");
    assertThat(anna.dropped()).isEqualTo(2);
  }

  /** The camera is kept connected while someone may talk. */
  @Test
  void aTalkerWantsTheCamera() {
    assertThat(talkers.isEmpty()).isTrue();
    Talk anna = talker("anna");
    assertThat(wanted).isEqualTo(1);
    assertThat(talkers.isEmpty()).isFalse();
    anna.close();
    anna.close();
    assertThat(talkers.isEmpty()).isTrue();
  }
}
