package dev.photofinish.host;

import dev.photofinish.race.PathStats;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.history.History;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of races, shared by all that are given this one, on any driver. Holds for the local
 * network of this host: when that changes, all is forgotten, which is one line in the log. Safe for
 * use by several threads.
 *
 * <p>With a file it outlives the process: what is in it and younger than 10 minutes is known from
 * the start, and it is written when a race has been learnt from, at most every 10 s, and by {@link
 * #close}. Processes may share it: each takes in what the others wrote.
 */
public final class SharedHistory implements AutoCloseable {
  private final History history = new History(History.DEFAULT_CAPACITY);
  private final LocalNetwork localNetwork;
  private final LongSupplier clock;
  private final @Nullable HistoryWriter writer;

  /** One that ends with the process. */
  public SharedHistory() {
    this(new LocalNetwork());
  }

  /** One that ends with the process and holds where {@code localNetwork} says that this host is. */
  public SharedHistory(LocalNetwork localNetwork) {
    this.localNetwork = localNetwork;
    this.clock = System::nanoTime;
    this.writer = null;
  }

  SharedHistory(
      LocalNetwork localNetwork, HistoryFile file, LongSupplier clock, Executor background) {
    this.localNetwork = localNetwork;
    this.clock = clock;
    this.writer = new HistoryWriter(afresh -> write(file, afresh), background);
    long now = clock.getAsLong();
    takeIn(file, network(now), now);
  }

  /**
   * One that is kept in {@code file}, which need not be there yet; its directory must be.
   *
   * <p>Nothing that is wrong with the file is fatal: it is one warning in the log. A damaged file
   * is set aside under its name with {@code .damaged} behind; one that cannot be read for another
   * reason stays as it is and is not written.
   */
  public static SharedHistory in(Path file) {
    return in(file, System::nanoTime);
  }

  /**
   * {@link #in(Path)} for races that run by another clock.
   *
   * @param clock gives nanoseconds
   */
  public static SharedHistory in(Path file, LongSupplier clock) {
    return new SharedHistory(
        new LocalNetwork(),
        new HistoryFile(file, InstantSource.system()),
        clock,
        HistoryWriter::onItsOwnThread);
  }

  /** Made when there is a line: without a back end, slf4j warns when the first logger is made. */
  private static Logger log() {
    return LoggerFactory.getLogger(SharedHistory.class);
  }

  /** Where this host is now; what was learnt elsewhere is gone. */
  synchronized String network(long now) {
    String present = localNetwork.at(now);
    String before = history.moveTo(present);
    if (before != null) {
      log()
          .info(
              "the local network changed, what was learnt of addresses is forgotten: {}; before:"
                  + " {}",
              present,
              before);
      if (writer != null) {
        writer.moved();
      }
    }
    return present;
  }

  @Nullable PathStats of(String network, Candidate candidate, long now) {
    return history.of(network, candidate, now);
  }

  void learn(String network, RaceReport report, long now) {
    history.learn(network, report, now);
    if (writer != null) {
      writer.learnt(now);
    }
  }

  private void write(HistoryFile file, boolean afresh) {
    long now = clock.getAsLong();
    String network = network(now);
    if (!afresh) {
      takeIn(file, network, now);
    }
    file.write(network, history.snapshot(network, now));
  }

  /** What others wrote on this network. */
  private void takeIn(HistoryFile file, String network, long now) {
    history.restore(network, file.read(network), now);
  }

  /** Writes what is not written yet. Races that still use it may go on. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
