package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.format.Depacketizer;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A CRA picture that goes on from nothing comes behind the end of the sequence before it. */
class EndOfSequenceTest {
  private static final long SECOND = 1_000_000_000L;

  /** The two bytes of a NAL unit's header. */
  private enum Video {
    H265(21 << 9 | 1, 19 << 9 | 1, 48 << 9 | 1, 36 << 9 | 1),
    H266(9 << 3 | 1, 7 << 3 | 1, 28 << 3 | 1, 21 << 3 | 1);

    private final int cra;
    private final int idr;
    private final int aggregation;
    private final int end;

    Video(int cra, int idr, int aggregation, int end) {
      this.cra = cra;
      this.idr = idr;
      this.aggregation = aggregation;
      this.end = end;
    }
  }

  private final List<OutgoingPacket> sent = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private int sequence;
  private long now;

  @AfterEach
  void nothingLeaks() {
    sent.forEach(OutgoingPacket::release);
    assertThat(sent).allMatch(packet -> packet.refCnt() == 0);
  }

  private final class Camera {
    private final MediaStream media;
    private final TrackOutput output;
    private final Pictures pictures;
    private final Depacketizer depacketizer;

    Camera(Video video) {
      media = new MediaStream(0, "video", video.name(), 96, 90_000, 0, "", false);
      output = new TrackOutput(new SourceTrack(0, media, 1), 1_000, 0);
      pictures =
          new Pictures(
              output,
              1 << 20,
              UnpooledByteBufAllocator.DEFAULT,
              new Pictures.Output() {
                @Override
                public void packet(OutgoingPacket packet) {
                  sent.add(packet);
                }

                @Override
                public void keyFrame(List<OutgoingPacket> packets) {
                  packets.forEach(OutgoingPacket::release);
                }

                @Override
                public void awaited(long at) {}
              });
      depacketizer =
          PayloadFormats.depacketizer(0, media.payloadFormat(), frames::add).orElseThrow();
    }

    /** A picture of one packet. */
    void picture(int header) throws Exception {
      ByteBuf bytes = Unpooled.buffer().writeByte(0x80).writeByte(0x80 | 96).writeShort(sequence++);
      bytes.writeInt((int) (now * 9 / 100_000)).writeInt(7);
      bytes.writeShort(header).writeByte(0x80).writeLong(0);
      RtpPacket packet = RtpPacket.of(media, bytes);
      pictures.packet(packet, now);
      depacketizer.packet(packet, bytes, bytes.readerIndex(), now);
      for (Frame frame : frames) {
        pictures.frame(frame, 0, now);
        frame.release();
      }
      frames.clear();
      packet.release();
      now += SECOND;
    }

    void interrupted() {
      pictures.interrupted(96, List.of());
      depacketizer.reset();
    }

    void release() {
      pictures.release();
      output.release();
    }
  }

  private List<Integer> headers() {
    return sent.stream().map(packet -> header(packet.rtp())).toList();
  }

  /** Of the first NAL unit in a packet. */
  private static int header(ByteBuf rtp) {
    int first = rtp.getUnsignedShort(12);
    boolean aggregation = Stream.of(Video.values()).anyMatch(v -> v.aggregation == first);
    return aggregation ? rtp.getUnsignedShort(16) : first;
  }

  @ParameterizedTest
  @EnumSource
  void whereItIsSentAgain(Video video) throws Exception {
    Camera camera = new Camera(video);
    camera.picture(video.cra);
    camera.pictures.repeat(now);
    camera.pictures.repeat(now + SECOND);
    assertThat(headers()).containsExactly(video.cra, video.end, video.cra, video.end, video.cra);
    assertThat(sent.get(1).timestamp()).isEqualTo(sent.get(2).timestamp());
    assertThat(sent)
        .extracting(OutgoingPacket::sequence)
        .containsExactly(1000, 1001, 1002, 1003, 1004);
    List<OutgoingPacket> group = camera.pictures.group();
    assertThat(group).as("for those who begin with it").hasSize(1);
    group.forEach(OutgoingPacket::release);
    camera.release();
  }

  @ParameterizedTest
  @EnumSource
  void whereItComesFromAnotherConnection(Video video) throws Exception {
    Camera camera = new Camera(video);
    camera.picture(video.cra);
    camera.picture(video.cra);
    camera.interrupted();
    camera.picture(video.cra);
    assertThat(headers()).containsExactly(video.cra, video.cra, video.end, video.cra);
    camera.release();
  }

  @ParameterizedTest
  @EnumSource
  void anIdrPictureNeedsNone(Video video) throws Exception {
    Camera camera = new Camera(video);
    camera.picture(video.idr);
    camera.pictures.repeat(now);
    camera.interrupted();
    camera.picture(video.idr);
    assertThat(headers()).containsExactly(video.idr, video.idr, video.idr);
    camera.release();
  }
}
