package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.View;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.live.LiveStreams;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Playlists, segments and parts of cameras. A camera is read from the first request for its
 * playlist on, until {@value #IDLE_SECONDS} s after the last request.
 */
public final class HlsRoute implements AutoCloseable {
  private static final String PLAYLIST = "index.m3u8";
  private static final int IDLE_SECONDS = 20;

  private final LiveStreams live;
  private final LongSupplier ticker;
  private final Map<Source, Place> places = new ConcurrentHashMap<>();

  /**
   * @param ticker nanoseconds
   */
  public HlsRoute(LiveStreams live, LongSupplier ticker) {
    this.live = live;
    this.ticker = ticker;
  }

  /** A camera that someone asks for. */
  private static final class Place {
    private final HlsStream stream = new HlsStream();
    private final CompletableFuture<View> view = new CompletableFuture<>();
    private volatile long asked;

    void close() {
      var unused = view.thenAccept(View::close);
      stream.close();
    }
  }

  /**
   * Answers with a file of the camera's, when it is there.
   *
   * @throws RefusedException for a file that is not there
   */
  public void answer(Exchange exchange, Source source) {
    String file = exchange.name("file");
    if (file.equals(PLAYLIST)) {
      playlist(exchange, source);
      return;
    }
    Place place = places.get(source);
    if (place == null) {
      throw RefusedException.notFound("Ask for the playlist before.");
    }
    place.asked = ticker.getAsLong();
    answer(
        exchange,
        place.stream.await(file),
        () -> Response.ok("video/mp4", place.stream.file(file).orElseThrow(HlsRoute::missing)));
  }

  private static RefusedException missing() {
    return RefusedException.notFound("There is no such segment any more.");
  }

  private void playlist(Exchange exchange, Source source) {
    Reload reload = Reload.of(exchange.parameter(Reload.SEGMENT), exchange.parameter(Reload.PART));
    Place place = places.computeIfAbsent(source, this::open);
    place.asked = ticker.getAsLong();
    answer(
        exchange,
        place.stream.await(reload),
        () -> Response.ok("application/vnd.apple.mpegurl", place.stream.playlist()));
  }

  private static void answer(
      Exchange exchange, CompletableFuture<Void> reached, Supplier<Response> answer) {
    ChannelFuture end = exchange.channel().closeFuture();
    ChannelFutureListener gone = closed -> reached.cancel(false);
    if (!reached.isDone()) {
      end.addListener(gone);
    }
    CompletableFuture<?> unused =
        reached.whenComplete(
            (nothing, failure) -> {
              end.removeListener(gone);
              try {
                if (failure != null) {
                  throw refused(failure);
                }
                exchange.reply(answer.get());
              } catch (RuntimeException e) {
                exchange.fail(e);
              }
            });
  }

  private static RuntimeException refused(Throwable failure) {
    return failure instanceof RefusedException refused
        ? refused
        : new RefusedException(
            HttpResponseStatus.SERVICE_UNAVAILABLE, "The camera has sent no picture in time.");
  }

  private Place open(Source source) {
    Place place = new Place();
    place.asked = ticker.getAsLong();
    CompletableFuture<?> unused =
        source
            .describe()
            .toCompletableFuture()
            .whenComplete(
                (tracks, failure) -> {
                  if (tracks == null) {
                    place.stream.ended("the camera was not seen");
                  } else {
                    place.view.complete(live.join(source, tracks, true, place.stream));
                  }
                });
    return place;
  }

  /** Leaves cameras that nobody asks for; called about once a second. */
  public void tick() {
    long now = ticker.getAsLong();
    places
        .entrySet()
        .removeIf(
            entry -> {
              Place place = entry.getValue();
              boolean over =
                  place.stream.isOver()
                      || now - place.asked > TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
              if (over) {
                place.close();
              }
              return over;
            });
  }

  /** Leaves all cameras, and answers what waits. */
  @Override
  public void close() {
    places.values().forEach(Place::close);
    places.clear();
  }
}
