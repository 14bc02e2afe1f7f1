package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Candidate;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Resolves names by racing to their addresses, for clients on Netty that take a resolver but dial
 * themselves: the first address is the one that has just won, the others follow in the order of the
 * resolver's answers.
 *
 * <p>A race is a probe: its connection is closed, and the client makes one more to the same
 * address. Every resolution so costs one extra connection, which the peer sees open and close.
 * {@link Connector#connect} is the better choice for callers that can use the raced connection.
 */
public final class RacingResolverGroup extends AddressResolverGroup<InetSocketAddress> {
  private final Connector connector;
  private final RaceOptions options;

  /**
   * Races with {@code connector}, which it does not close.
   *
   * @param options with the finish line {@code connect}
   */
  public RacingResolverGroup(Connector connector, RaceOptions options) {
    this.connector = connector;
    this.options = options;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Resolver(executor);
  }

  private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {
    Resolver(EventExecutor executor) {
      super(executor, InetSocketAddress.class);
    }

    @Override
    protected boolean doIsResolved(InetSocketAddress address) {
      return !address.isUnresolved();
    }

    @Override
    protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> promise) {
      race(name, promise, addresses -> addresses.get(0));
    }

    @Override
    protected void doResolveAll(InetSocketAddress name, Promise<List<InetSocketAddress>> promise) {
      race(name, promise, addresses -> addresses);
    }

    private <T> void race(
        InetSocketAddress name, Promise<T> promise, Function<List<InetSocketAddress>, T> result) {
      Target target = Target.of(new Endpoint(name.getHostString(), name.getPort()));
      var unused =
          connector
              .connect(target, options)
              .whenComplete(
                  (won, lost) -> {
                    if (won == null) {
                      fail(promise, name, lost);
                    } else {
                      won.close();
                      promise.trySuccess(result.apply(addresses(won.report())));
                    }
                  });
    }
  }

  private static void fail(Promise<?> promise, InetSocketAddress name, Throwable lost) {
    UnknownHostException failure =
        new UnknownHostException("no address of " + name.getHostString() + " can be connected to");
    failure.initCause(lost);
    promise.tryFailure(failure);
  }

  private static List<InetSocketAddress> addresses(RaceReport report) {
    Candidate winner = Objects.requireNonNull(report.winner()).candidate();
    return Stream.concat(
            Stream.of(winner),
            report.answers().stream().flatMap(answer -> answer.candidates().stream()))
        .map(Candidate::remote)
        .distinct()
        .toList();
  }
}
