package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Audio;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.Needs;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Groups on a network interface of their own, since no loopback interface carries those of IPv6.
 */
@Tag("lab")
class MulticastLabTest {
  private static final int RECEIVER_REPORT = 201;

  private final Recorder recorder = new Recorder();

  @BeforeAll
  static void needs() {
    Needs.lab(Assumptions::abort);
  }

  /** Scope 2 is the link's, 5 the site's (RFC 4291 section 2.7). */
  @ParameterizedTest
  @CsvSource({"239.255.42.99, false", "ff12::42:99, true", "ff15::42:99, true"})
  void playsByBothFamilies(String group, boolean v6) throws Exception {
    try (Lab lab = Lab.open()) {
      InetAddress address = v6 ? lab.client6() : lab.client4();
      try (SimulatedCamera camera =
              SimulatedCamera.builder()
                  .set(Knob.ADDRESS, address.getHostAddress())
                  .set(Knob.GROUP, group)
                  .start();
          RtspClient client = new RtspClient()) {
        ClientOptions options = ClientOptions.builder().transport(RtspTransport.MULTICAST).build();
        CameraStream stream = client.open(Camera.at(camera.url()).withOptions(options), recorder);
        recorder.awaitPackets(50);
        stream.close();
        assertThat(stream.ended().toCompletableFuture().get().lost()).isZero();
      }
    }
  }

  /** RFC 3550 section 6: receivers report to the whole group. */
  @Test
  void reportsGoToTheGroup() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.AUDIO, Audio.NONE).start();
        RtspClient client = new RtspClient()) {
      ClientOptions options = ClientOptions.builder().transport(RtspTransport.MULTICAST).build();
      client.open(Camera.at(camera.url()).withOptions(options), recorder);
      InetAddress group = InetAddress.getByName(Knob.GROUP.defaultValue());
      InetSocketAddress rtcp = new InetSocketAddress(group, oddPortOf("632AFFEF"));
      try (DatagramChannel member = DatagramChannel.open(StandardProtocolFamily.INET)) {
        member.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(rtcp);
        member.join(group, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        member.socket().setSoTimeout(15_000);
        DatagramPacket report = new DatagramPacket(new byte[1500], 1500);
        do {
          member.socket().receive(report);
        } while ((report.getData()[1] & 0xff) != RECEIVER_REPORT);
        assertThat(report.getLength()).isGreaterThanOrEqualTo(32);
      }
    }
  }

  /** The odd port that is bound to an IPv4 address, which the kernel lists in this way. */
  private static int oddPortOf(String address) throws Exception {
    return Files.readAllLines(Path.of("/proc/net/udp")).stream()
        .map(line -> line.strip().split("\\s+", -1)[1])
        .filter(local -> local.startsWith(address + ":"))
        .mapToInt(local -> Integer.parseInt(local.substring(9), 16))
        .filter(port -> port % 2 == 1)
        .findFirst()
        .orElseThrow();
  }
}
