package dev.photofinish.camera.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts on one bridge that reach each other and this JVM, until they are parted. */
@Tag("lab")
class LanLabTest {
  private static final String PORT = "9000";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Seconds within which a host is reached, however busy the machine is. */
  private static final int WELL = 30;

  /** Seconds that nothing comes in. */
  private static final int PARTED = 1;

  @BeforeAll
  static void needs() {
    Needs.lab(Assumptions::abort);
  }

  @Test
  void hostsReachEachOtherUntilTheyAreParted() throws Exception {
    try (Lan lan = Lan.open(3, Duration.ofMinutes(5))) {
      for (Namespace host : lan.hosts()) {
        host.startJava(LIMIT, Acceptor.class, PORT).awaitLine(Acceptor.READY, LIMIT);
      }
      assertThat(reaches(lan, 0, 2, WELL)).isTrue();
      lan.part(2, List.of(0), true, false);
      assertThat(reaches(lan, 0, 2, PARTED)).isFalse();
      assertThat(reaches(lan, 2, 0, PARTED)).isFalse();
      assertThat(reaches(lan, 1, 2, WELL)).isTrue();
      try (Socket socket = new Socket(lan.address(2), Integer.parseInt(PORT))) {
        assertThat(socket.getLocalAddress()).isEqualTo(lan.address());
      }
      lan.hosts().get(2).heal();
      assertThat(reaches(lan, 2, 0, WELL)).isTrue();
    }
  }

  private static boolean reaches(Lan lan, int from, int to, int seconds) {
    String dial =
        "timeout %d bash -c '</dev/tcp/%s/%s"
            .formatted(seconds, lan.address(to).getHostAddress(), PORT);
    return lan.hosts()
        .get(from)
        .run("bash", "-c", dial + "' 2>/dev/null; echo $?")
        .strip()
        .equals("0");
  }

  @Test
  void thereIsAMostOfHosts() {
    assertThatThrownBy(() -> Lan.open(63, Duration.ofMinutes(1)))
        .hasMessage("hosts: 63 is not valid; expected 1 to 62");
  }
}
