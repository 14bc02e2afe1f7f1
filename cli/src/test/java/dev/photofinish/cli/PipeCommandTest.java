package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The {@code pipe} command against simulated cameras. */
class PipeCommandTest {
  private static final int ENOUGH = 4000;
  private static final int TS_PACKET = 188;

  /** The first bytes of what it writes, after which it is interrupted. */
  private static byte[] written(String... options) throws Exception {
    Cli cli = new Cli();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String[] words = new String[options.length + 2];
      words[0] = "pipe";
      words[1] = camera.url();
      System.arraycopy(options, 0, words, 2, options.length);
      CompletableFuture<Cli.Result> result =
          CompletableFuture.supplyAsync(() -> cli.execute(words));
      cli.await(text -> cli.bytes().length > ENOUGH);
      cli.stop().request();
      assertThat(result.get(30, TimeUnit.SECONDS).exit()).isZero();
    }
    return cli.bytes();
  }

  @Test
  void aTransportStreamIsTheDefault() throws Exception {
    byte[] bytes = written();
    assertThat(bytes.length % TS_PACKET).isZero();
    for (int packet = 0; packet < bytes.length; packet += TS_PACKET) {
      assertThat(bytes[packet]).isEqualTo((byte) 0x47);
    }
  }

  @Test
  void mp4BeginsWithItsHeader() throws Exception {
    assertThat(new String(written("--format=mp4"), 4, 4, StandardCharsets.US_ASCII))
        .isEqualTo("ftyp");
  }

  @Test
  void annexBBeginsWithAParameterSet() throws Exception {
    assertThat(written("--format=annexb")).startsWith(0, 0, 0, 1, 0x67);
  }

  @Test
  void rtpPacketsHaveTheirLengthBeforeThem() throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(written("--format=rtp"));
    int packets = 0;
    while (bytes.hasRemaining()) {
      int length = bytes.getShort() & 0xffff;
      assertThat(bytes.get(bytes.position()) & 0xc0).as("RTP version 2").isEqualTo(0x80);
      assertThat(bytes.get(bytes.position() + 1) & 0x7f).as("the video alone").isEqualTo(96);
      bytes.position(bytes.position() + length);
      packets++;
    }
    assertThat(packets).isPositive();
  }

  @Test
  void jsonHasNoPlaceOnStandardOutput() {
    Cli.Result result = Cli.run("pipe", "--json", "rtsp://192.0.2.1/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("standard output carries the media; expected no --json");
  }

  @Test
  void nothingThatCameIsSaidWithItsReason() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result =
          Cli.run("pipe", camera.url(), "--media=application", "--format=ts", "--duration=2s");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("photofinish pipe: nothing to write came within ")
          .contains("expected application to receive")
          .doesNotContain("PT") // a time as Java writes it
          .hasLineCount(1);
    }
  }

  @Test
  void aStreamOfWhichNothingCanBeWrittenIsEnded() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("pipe", camera.url(), "--media=audio", "--format=ts");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .contains("photofinish pipe: left out: audio (PCMU): PCMU has no standard form")
          .contains("photofinish pipe: nothing can be written: audio (PCMU): PCMU has no standard")
          .hasLineCount(2);
    }
  }
}
