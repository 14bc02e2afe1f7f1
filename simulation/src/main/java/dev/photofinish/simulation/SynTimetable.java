package dev.photofinish.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The times at which Linux sends the SYNs of one connect that nobody answers: the first gap is a
 * second (RFC 6298 section 2.1), some more are as long, then each is twice the one before.
 *
 * @param linearTimeouts how many retransmissions come 1 s after the one before, until the gap
 *     doubles; the kernel's {@code tcp_syn_linear_timeouts}
 */
public record SynTimetable(int linearTimeouts) {
  /** That of Linux 6.5 and later, with its default of 4. */
  public static final SynTimetable LINUX_DEFAULT = new SynTimetable(4);

  private static final Path LINEAR_TIMEOUTS = Path.of("/proc/sys/net/ipv4/tcp_syn_linear_timeouts");
  private static final long SECOND = 1_000_000_000L;

  /** The kernel's {@code tcp_syn_retries}. */
  private static final int RETRANSMISSIONS = 6;

  /** That of the running kernel; before Linux 6.5 no retransmission counts linearly. */
  public static SynTimetable ofThisKernel() {
    try {
      return new SynTimetable(Integer.parseInt(Files.readString(LINEAR_TIMEOUTS).strip()));
    } catch (IOException | NumberFormatException e) {
      return new SynTimetable(0);
    }
  }

  /** The SYNs of a connect from {@code start} to before {@code end}, all in nanoseconds. */
  public List<Long> syns(long start, long end) {
    List<Long> syns = new ArrayList<>();
    long at = start;
    long gap = SECOND;
    for (int i = 0; i <= RETRANSMISSIONS + linearTimeouts && at < end; i++) {
      syns.add(at);
      at += gap;
      gap = i < linearTimeouts ? SECOND : 2 * gap;
    }
    return syns;
  }
}
