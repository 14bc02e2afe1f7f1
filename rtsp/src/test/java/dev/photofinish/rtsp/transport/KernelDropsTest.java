package dev.photofinish.rtsp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's table of UDP sockets, and what it says of ports that are watched. */
class KernelDropsTest {
  private static final String HEADING =
      "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode ref pointer drops             \n";

  @TempDir Path folder;

  private static String line(String local, long drops) {
    return " 1500: "
        + local
        + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 61234 2"
        + " 0000000000000000 "
        + drops
        + "         \n";
  }

  /** On a machine of the other byte order the words are turned round. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 8080, 0100007F:1F90",
    "127.0.0.1, 8080, 0000000000000000FFFF00000100007F:1F90",
    "192.0.2.10, 53, 0A0200C0:0035",
    "0.0.0.0, 5004, 00000000:138C",
    "0.0.0.0, 5004, 00000000000000000000000000000000:138C",
    "2001:db8::1, 5004, B80D0120000000000000000001000000:138C"
  })
  void addressesAreShownInTheMachinesWords(String address, int port, String key) throws Exception {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      assertThat(
              UdpTable.keys(
                  new InetSocketAddress(
                      NetUtil.createInetAddressFromIpAddressString(address), port)))
          .contains(key);
    }
  }

  @Test
  void aTableIsReadForTheKeysAskedFor() throws IOException {
    Map<String, Long> drops = new HashMap<>(Map.of("A:1", 0L, "B:2", 5L, "C:3", 0L));
    String table = HEADING + line("A:1", 7) + line("B:2", 1) + line("D:4", 9) + "\nx\n1: C:3 ?\n";
    UdpTable.add(new BufferedReader(new StringReader(table)), drops);
    assertThat(drops)
        .containsOnly(Map.entry("A:1", 7L), Map.entry("B:2", 6L), Map.entry("C:3", 0L));
  }

  @Test
  void whatIsNewIsReportedOnce() throws Exception {
    Path table = folder.resolve("udp");
    KernelDrops kernel = new KernelDrops(List.of(table, folder.resolve("missing")));
    InetSocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6000);
    String key = UdpTable.keys(port).get(0);
    List<Long> reported = new ArrayList<>();
    KernelDrops.Watch watch = kernel.watch(port, reported::add);
    for (long drops : new long[] {0, 3, 3, 10, 0, 2}) {
      Files.writeString(table, HEADING + line(key, drops) + line("00000000:0001", 99));
      kernel.look();
    }
    assertThat(reported).containsExactly(3L, 7L, 2L);
    watch.close();
    Files.writeString(table, HEADING + line(key, 50));
    kernel.look();
    assertThat(reported).hasSize(3);
  }

  @Test
  void withoutTheTableNothingIsReported() {
    KernelDrops kernel = new KernelDrops(List.of(folder.resolve("udp")));
    List<Long> reported = new ArrayList<>();
    KernelDrops.Watch watch =
        kernel.watch(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), reported::add);
    kernel.look();
    watch.close();
    assertThat(reported).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatDoesNotFitIntoAReceiveBufferIsSeen() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket receiver = new DatagramSocket(0, loopback);
        DatagramSocket sender = new DatagramSocket(0, loopback)) {
      receiver.setReceiveBufferSize(1);
      receiver.setSoTimeout(100);
      KernelDrops kernel =
          new KernelDrops(List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));
      List<Long> reported = new ArrayList<>();
      KernelDrops.Watch watch =
          kernel.watch((InetSocketAddress) receiver.getLocalSocketAddress(), reported::add);
      for (int sent = 0; sent < 100; sent++) {
        sender.send(new DatagramPacket(new byte[1000], 1000, receiver.getLocalSocketAddress()));
      }
      int received = received(receiver);
      kernel.look();
      watch.close();
      assertThat(reported).containsExactly(100L - received);
      assertThat(reported.get(0)).isPositive();
    }
  }

  private static int received(DatagramSocket socket) throws IOException {
    int received = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[1000], 1000));
        received++;
      }
    } catch (SocketTimeoutException e) {
      return received;
    }
  }
}
