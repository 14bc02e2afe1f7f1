package dev.photofinish.rtsp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.SessionDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The recordings of the camera data that have media, as frames. What is expected was counted in the
 * packets by another program, which put their payloads together by the RFCs alone; the other files
 * hold descriptions and dialogues.
 */
class CameraDataFramesTest {
  private static final Path DATA = Path.of("src/test/resources/camera-data");

  private final List<ByteBuf> packets = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();

  private void play(String sdp, String type, List<byte[]> recorded)
      throws RtspFormatException, RtpFormatException {
    Depacketizer depacketizer =
        PayloadFormats.depacketizer(0, format(sdp, type), frames::add).orElseThrow();
    for (byte[] bytes : recorded) {
      ByteBuf packet = Unpooled.wrappedBuffer(bytes);
      packets.add(packet);
      depacketizer.packet(new HeaderOf(packet), packet, 0, packets.size());
    }
    depacketizer.reset();
  }

  private static PayloadFormat format(String sdp, String type) throws RtspFormatException {
    MediaDescription media =
        SessionDescription.parse(sdp).media().stream()
            .filter(described -> described.type().equals(type))
            .findFirst()
            .orElseThrow();
    MediaFormat format = media.format();
    String parameters = media.attribute("fmtp").orElse("");
    return new PayloadFormat(
        format.codec(),
        format.payloadType(),
        format.clockRate().orElse(0),
        format.channels().orElse(0),
        parameters.substring(parameters.indexOf(' ') + 1));
  }

  @AfterEach
  void nothingIsRetained() {
    frames.forEach(Frame::release);
    assertThat(packets).allMatch(packet -> packet.refCnt() == 1);
  }

  private String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      frames.forEach(frame -> digest.update(ByteBufUtil.getBytes(frame.content())));
      return ByteBufUtil.hexDump(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private long keyFrames() {
    return frames.stream().filter(Frame::isKeyFrame).count();
  }

  /** Big Buck Bunny from a Wowza server, video on channel 2 and audio on 0. */
  private void playBunny(String type, int channel) throws RtspFormatException, RtpFormatException {
    String description = new CameraDataFile(DATA.resolve("retina/bunny_describe.txt")).text();
    byte[] connection = new CameraDataFile(DATA.resolve("retina/bunny.rtsp")).bytes();
    play(
        description.substring(description.indexOf("v=0")),
        type,
        Decoded.of(connection).frames().stream()
            .filter(frame -> frame.channel() == channel)
            .map(frame -> ByteBufUtil.decodeHexDump(frame.hex()))
            .toList());
  }

  @Test
  void theVideoOfBunny() throws Exception {
    playBunny("video", 2);
    assertThat(frames).hasSize(245).noneMatch(Frame::isDamaged);
    assertThat(frames).allMatch(frame -> frame.lost() == 0 && frame.codec() == Codec.H264);
    assertThat(keyFrames()).isEqualTo(6);
    assertThat(frames.get(0).isKeyFrame()).isTrue();
    assertThat(frames.get(0).format().width()).isEqualTo(240);
    assertThat(frames.get(0).format().height()).isEqualTo(160);
    assertThat(digest()).isEqualTo("6b33b0a58e291763206c17c5");
  }

  @Test
  void theAudioOfBunny() throws Exception {
    playBunny("audio", 0);
    assertThat(frames).hasSize(120).noneMatch(Frame::isDamaged);
    assertThat(frames).allMatch(frame -> frame.lost() == 0 && frame.codec() == Codec.AAC);
    assertThat(keyFrames()).isEqualTo(120);
    assertThat(frames.get(0).format().sampleRate()).isEqualTo(12_000);
    assertThat(frames.get(0).format().channels()).isEqualTo(2);
    assertThat(digest()).isEqualTo("06b5697034b447c9d439b943");
  }

  /** One packet with a whole access unit is missing; some access units are in several packets. */
  @Test
  void theSurroundSoundOfMedia3() throws Exception {
    CameraDataFile dump = new CameraDataFile(DATA.resolve("androidx-media3/aac-dump.json"));
    play(dump.dumpedSdp(), "audio", dump.packets());
    assertThat(frames).hasSize(283).noneMatch(Frame::isDamaged);
    assertThat(frames.stream().mapToInt(Frame::lost).sum()).isEqualTo(1);
    assertThat(frames.get(0).codec()).isEqualTo(Codec.AAC);
    assertThat(frames.get(0).format().sampleRate()).isEqualTo(48_000);
    assertThat(frames.get(0).format().channels()).isEqualTo(6);
    assertThat(digest()).isEqualTo("4ed7fbc27a30be2a1cef4c7e");
  }
}
