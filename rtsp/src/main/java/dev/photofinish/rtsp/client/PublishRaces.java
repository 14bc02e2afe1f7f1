package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceException;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.LostRace;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The races of a publisher, one at a time. Used on its event loop. */
final class PublishRaces {
  /** Takes the outcome of each race. */
  interface Owner {
    void won(Connection connection);

    void lost(TryFailure failure, String reason);

    /** A race that this host kept from dialling, which is none of the server's faults. */
    void held(LostRace.Held why);
  }

  private final RaceOptions options;
  private final EventLoop loop;
  private final Connector connector;
  private final Owner owner;
  private @Nullable RaceFuture race;
  private boolean closed;

  PublishRaces(Camera to, EventLoop loop, Connector.Builder connecting, Owner owner) {
    this.options = to.race();
    this.loop = loop;
    this.connector = connecting.eventLoopGroup(loop).tls(to.tls()).route(to.route()).build();
    this.owner = owner;
  }

  /** ANNOUNCE changes the server, so that nothing is asked before a race is decided. */
  void dial(Destination destination, Strategy racing) {
    boolean secure = destination.urls().stream().anyMatch(RtspUrl::secure);
    RaceFuture started =
        connector.connect(
            destination.target(),
            options.toBuilder()
                .connectionRacing(racing)
                .finishLine(secure ? FinishLine.TLS : FinishLine.CONNECT)
                .build());
    race = started;
    CompletableFuture<?> unused =
        started.whenCompleteAsync((won, failure) -> decided(won, failure), loop);
  }

  private void decided(@Nullable Connection won, @Nullable Throwable failure) {
    race = null;
    if (closed) {
      if (won != null) {
        won.close();
      }
    } else if (won != null) {
      owner.won(won);
    } else if (failure != null) {
      lost(failure, String.valueOf(failure.getMessage()));
    }
  }

  private void lost(Throwable failure, String message) {
    if (!(failure instanceof RaceException raced)) {
      owner.lost(TryFailure.OTHER, message);
      return;
    }
    LostRace lost = new LostRace(raced.report(), message);
    LostRace.Held held = lost.held();
    if (held == null) {
      owner.lost(lost.failure(), message);
    } else {
      owner.held(held);
    }
  }

  /** No race is wanted any more; one that is won all the same is closed. */
  void cancel() {
    closed = true;
    if (race != null) {
      race.cancel(false);
    }
  }

  void close() {
    cancel();
    connector.close();
  }
}
