package dev.photofinish.benchmarks.network;

import dev.photofinish.camera.lab.Lab;
import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Our own races beside what their SYN times allow: the mean of many races under loss, and the mean
 * time to the first SYN that got through, for the share of SYNs that the network really lost.
 */
record Limit(String name, RaceOptions options) {
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Every tenth race ignores what the others learnt. */
  private static final double FRESH_SHARE = 0.1;

  static final List<Limit> ALL =
      List.of(
          new Limit("first-wins", ClientKind.options(Strategy.FIRST_WINS, 250)),
          new Limit("first-wins, 100 ms", ClientKind.options(Strategy.FIRST_WINS, 100)),
          new Limit("first-wins, 100 ms, history", ClientKind.learnt(Strategy.FIRST_WINS, 100)));

  /** Times in milliseconds. */
  record Measured(String name, int percent, double lost, Sample sample, double limit) {
    double ratio() {
      return sample.mean() / limit;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, %d %% (%.1f %% lost): %s, mean %.1f, limit %.1f, ratio %.3f",
          name,
          percent,
          100 * lost,
          sample,
          sample.mean(),
          limit,
          ratio());
    }
  }

  Measured measure(Lab lab, Connector connector, int port, int percent, int races)
      throws IOException {
    Host host = new Host("limit", List.of(lab.server4()), port);
    Target target = Photofinish.target(host);
    lab.server().inflict(SynCounter.fault(percent));
    List<RaceFuture> started = new ArrayList<>();
    for (int i = 0; i < races; i++) {
      started.add(connector.connect(target, options));
      LockSupport.parkNanos(GAP_NANOS);
    }
    Sample sample = new Sample(started.stream().map(Limit::millis).toList());
    double lost = SynCounter.read(lab).share();
    return new Measured(name, percent, lost, sample, limit(lab.server4(), lost));
  }

  private double limit(InetAddress address, double lost) throws IOException {
    double fresh = SynTimes.of(options, address, false).limit(lost);
    double learnt = SynTimes.of(options, address, true).limit(lost);
    return options.history() ? (1 - FRESH_SHARE) * learnt + FRESH_SHARE * fresh : fresh;
  }

  /** To the decision, as its report says. */
  private static double millis(RaceFuture race) {
    try {
      Connection won = race.join();
      won.channel().config().setOption(ChannelOption.SO_LINGER, 0); // leaves no port in TIME_WAIT
      won.channel().close().syncUninterruptibly();
      return won.report().decidedAt() / 1e6;
    } catch (CompletionException lost) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
