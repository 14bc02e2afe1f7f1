package dev.photofinish.retry;

import dev.photofinish.option.Option;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A race of two addresses on a virtual clock; its report is what a schedule learns from. */
final class PlayedRace implements RaceCommand.Driver {
  private static final long MS = 1_000_000;

  private record Happening(long at, RaceEvent event) {}

  private final PriorityQueue<Happening> happenings =
      new PriorityQueue<>(Comparator.comparingLong(Happening::at));
  private final List<Candidate> candidates =
      List.of(candidate("192.0.2.1"), candidate("192.0.2.2"));
  private final String[] encounters;
  private final Race race;
  private long now;

  private PlayedRace(String racing, String[] encounters) {
    this.encounters = encounters;
    RaceOptions options =
        RaceOptions.builder()
            .connectionRacing(Option.parseWord("connection-racing", racing, Strategy.class))
            .racingTimeout(Duration.ofSeconds(5))
            .build();
    race = new Race("camera:554", 1, options, Comparator.comparing(Candidate::family), 0);
  }

  private static Candidate candidate(String address) {
    return new Candidate(new InetSocketAddress(address, 554));
  }

  /**
   * The race's report.
   *
   * @param encounters what a dial of the first and of the second address meets, with a space
   *     between: {@code silence}, {@code refused}, {@code reset}, {@code closed}, or the
   *     milliseconds until it is ready; one word for both
   */
  static RaceReport report(String racing, String encounters) {
    return new PlayedRace(racing, encounters.split(" ", 2)).play();
  }

  private RaceReport play() {
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV4, candidates));
    while (!race.isDecided()) {
      RaceCommand command = race.poll(now);
      if (command != null) {
        command.run(this);
      } else {
        next();
      }
    }
    return race.report();
  }

  private void next() {
    Happening next = happenings.peek();
    long deadline = race.deadline().orElseThrow();
    if (next == null || next.at() > deadline) {
      now = deadline;
    } else {
      now = next.at();
      race.handle(now, happenings.remove().event());
    }
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    int place = Math.min(candidates.indexOf(candidate), encounters.length - 1);
    switch (encounters[place]) {
      case "silence" -> {}
      case "refused" -> in(5, new RaceEvent.Ended(attempt, Cause.REFUSED));
      case "reset" -> acceptedThen(attempt, Cause.RESET);
      case "closed" -> acceptedThen(attempt, Cause.CLOSED);
      default ->
          in(Integer.parseInt(encounters[place]), new RaceEvent.Reached(attempt, Stage.READY));
    }
  }

  private void acceptedThen(int attempt, Cause cause) {
    in(2, new RaceEvent.Reached(attempt, Stage.CONNECTED));
    in(5, new RaceEvent.Ended(attempt, cause));
  }

  private void in(long millis, RaceEvent event) {
    happenings.add(new Happening(now + millis * MS, event));
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    // what comes of it is no more heard
  }

  @Override
  public void decide(Result result, int winner) {
    happenings.clear();
  }
}
