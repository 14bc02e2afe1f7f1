package dev.photofinish.relay.web.hls;

import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.View;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.relay.web.live.LiveStreams;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Playlists and segments of cameras. A camera is read from the first request for its playlist on,
 * until {@value #IDLE_SECONDS} s after the last request.
 */
public final class HlsRoute {
  private static final String PLAYLIST = "index.m3u8";
  private static final int WAIT_SECONDS = 10;
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
  }

  /**
   * Answers with a file of the camera's.
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
    byte[] content =
        place
            .stream
            .file(file)
            .orElseThrow(() -> RefusedException.notFound("There is no such segment any more."));
    exchange.reply(Response.ok("video/mp4", content));
  }

  private void playlist(Exchange exchange, Source source) {
    Place place = places.computeIfAbsent(source, this::open);
    place.asked = ticker.getAsLong();
    CompletableFuture<?> unused =
        place
            .stream
            .ready()
            .copy()
            .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
            .whenComplete(
                (nothing, failure) -> {
                  if (failure == null) {
                    byte[] text = place.stream.playlist().getBytes(StandardCharsets.UTF_8);
                    exchange.reply(Response.ok("application/vnd.apple.mpegurl", text));
                  } else {
                    exchange.reply(
                        Response.text(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "The camera has sent no picture in time."));
                  }
                });
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
                var unused = place.view.thenAccept(View::close);
              }
              return over;
            });
  }
}
