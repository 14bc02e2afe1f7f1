package dev.photofinish.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.media.Boxes;
import dev.photofinish.media.Collected;
import dev.photofinish.media.Frames;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Mp4ContainerTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Collected output = new Collected();

  private void write(Frame... frames) {
    try (Fragmenter fragmenter =
        new Fragmenter(new Mp4Container(), FragmentOptions.defaults().withMedias(2), output)) {
      for (Frame frame : frames) {
        fragmenter.add(frame);
      }
    }
  }

  @Test
  void theInitializationSegmentAnnouncesFragmentsOfEachTrack() {
    write(Frames.picture(0, true), Frames.sound(0));
    assertThat(Boxes.paths(output.headerBytes.get(0)))
        .startsWith("ftyp", "moov", "moov/mvhd", "moov/trak", "moov/trak/tkhd")
        .endsWith("moov/mvex", "moov/mvex/trex", "moov/mvex/trex");
    assertThat(Boxes.paths(output.fragmentBytes.get(0)))
        .containsExactly(
            "moof",
            "moof/mfhd",
            "moof/traf",
            "moof/traf/tfhd",
            "moof/traf/tfdt",
            "moof/traf/trun",
            "moof/traf",
            "moof/traf/tfhd",
            "moof/traf/tfdt",
            "moof/traf/trun",
            "mdat");
  }

  /** ISO/IEC 14496-15 section 5.3.3.1: version, profile, level, lengths of 4 bytes, SPS, PPS. */
  @Test
  void avcCHasTheParameterSets() {
    write(Frames.picture(0, true), Frames.sound(0));
    assertThat(HEX.formatHex(Boxes.content(output.headerBytes.get(0), "avcC")))
        .isEqualTo(
            "0142c00dffe100186742c00dd90141fb0110000003001000000303c0f1429900"
                + "01000568cb83cb20");
  }

  @Test
  void samplesHaveLengthsAndNeitherParameterSetsNorDelimiters() {
    byte[] content = HEX.parseHex("000000010910" + "0000000168cb" + "0000000165aabb");
    write(
        Frame.of(
            0,
            Frames.H264,
            Unpooled.wrappedBuffer(content),
            new int[] {0, 6, 12},
            0,
            RandomAccess.IDR,
            false),
        Frames.sound(0));
    assertThat(Boxes.samples(output.all.toByteArray(), 1).get(0).data())
        .isEqualTo("0000000365aabb");
  }

  @Test
  void audioIsNotMovedByItsPictures() {
    write(Frames.picture(0, true), Frames.sound(0), Frames.sound(20), Frames.picture(40, false));
    assertThat(Boxes.samples(output.all.toByteArray(), 2))
        .extracting(Boxes.Sample::time)
        .containsExactly(0L, 160L);
  }

  @Test
  void dfLaHasTheStreamInformationAsTheLastMetadataBlock() {
    byte[] information = new byte[34];
    information[33] = 7;
    FrameFormat flac =
        FrameFormat.audio(Codec.FLAC, 8000, 8000, 1)
            .withParameterSets(List.of(FrameFormat.parameterSet(information)));
    write(
        Frame.of(
            0,
            flac,
            Unpooled.wrappedBuffer(new byte[] {1}),
            new int[0],
            160,
            RandomAccess.IDR,
            false));
    assertThat(HEX.formatHex(Boxes.content(output.headerBytes.get(0), "dfLa")))
        .isEqualTo("00000000" + "80000022" + HEX.formatHex(information));
    assertThat(output.headers.get(0).contentType()).isEqualTo("audio/mp4; codecs=\"flac\"");
  }
}
