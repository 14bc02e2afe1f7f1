package dev.photofinish.benchmarks;

import dev.photofinish.rtp.RtpFormatException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time that frames take beyond the reading of their packets' headers, for a GiB of
 * H.264 in packets of 1,412 bytes: {@link FrameBenchmark} in pairs, by the thread's own account, so
 * that other work on the machine does little harm.
 *
 * <p>{@code FrameCost [pairs]}.
 */
public final class FrameCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 20_000;
  private static final int WARM_UP_PAIRS = 10;
  private static final double GIB_ROUNDS =
      (double) (1 << 30) / (FrameBenchmark.PACKETS * FrameBenchmark.LENGTH);

  private FrameCost() {}

  /** One round of packets. */
  private interface Round {
    long run() throws RtpFormatException;
  }

  public static void main(String[] arguments) throws RtpFormatException {
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    FrameBenchmark benchmark = new FrameBenchmark();
    benchmark.write();
    PairedDifference millis = new PairedDifference(pairs);
    for (int pair = -WARM_UP_PAIRS; pair < pairs; pair++) {
      double headers = millisOfGib(benchmark::header);
      double frames = millisOfGib(benchmark::frame);
      if (pair >= 0) {
        millis.add(headers, frames);
      }
    }
    System.out.println(PairedDifference.HEADER);
    System.out.println(millis.line("frames", "CPU ms a GiB"));
  }

  private static double millisOfGib(Round round) throws RtpFormatException {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      round.run();
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e6 / ROUNDS * GIB_ROUNDS;
  }
}
