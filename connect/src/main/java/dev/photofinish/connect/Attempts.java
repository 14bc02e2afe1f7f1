package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of one race, by number, each with its channel. */
final class Attempts {
  private final RaceContext context;
  private final Target target;
  private final AttemptInitializer initializer;
  private final EventLoop loop;
  private final ChannelAttempt.Listener listener;
  private final List<ChannelAttempt> all = new ArrayList<>(4);
  private @Nullable String refusal;

  Attempts(
      RaceContext context,
      Target target,
      AttemptInitializer initializer,
      EventLoop loop,
      ChannelAttempt.Listener listener) {
    this.context = context;
    this.target = target;
    this.initializer = initializer;
    this.loop = loop;
    this.listener = listener;
  }

  /** Adds the next attempt, which {@link #start} dials. */
  ChannelAttempt add(int number, Candidate candidate) {
    Endpoint endpoint = target.endpoints().get(candidate.endpoint());
    ChannelAttempt attempt =
        new ChannelAttempt(listener, loop, number, candidate, endpoint, initializer);
    all.add(attempt);
    return attempt;
  }

  void start(ChannelAttempt attempt) {
    if (refusal == null) {
      attempt.start(context);
    } else {
      attempt.failed(Cause.LOCAL, "not dialled: " + refusal);
    }
  }

  /**
   * The proxy wants other credentials, and will at its other addresses too: these are not asked, so
   * that one wrong password is one failed login. Proxies lock accounts.
   */
  void credentialsRefused(ChannelAttempt by, String detail) {
    String refused = Addresses.text(by.candidate().remote()) + ": " + detail;
    refusal = refused;
    List.copyOf(all).stream()
        .filter(attempt -> attempt != by && !attempt.isConnected())
        .forEach(attempt -> attempt.failed(Cause.PROTOCOL, refused));
  }

  ChannelAttempt get(int number) {
    return all.get(number - 1);
  }

  void closeAll() {
    all.stream().filter(attempt -> !attempt.isOver()).forEach(ChannelAttempt::close);
  }
}
