package dev.photofinish.relay.web.live;

import dev.photofinish.media.picture.PictureDecoder;
import dev.photofinish.media.picture.PictureException;
import dev.photofinish.media.picture.PictureType;
import dev.photofinish.media.picture.Snapshots;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.View;
import dev.photofinish.relay.web.http.Exchange;
import dev.photofinish.relay.web.http.RefusedException;
import dev.photofinish.relay.web.http.Response;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers with the last key frame of a camera as a JPEG file. */
public final class SnapshotRoute {
  private static final int MOST_AT_ONCE = 4;
  private static final int WAIT_SECONDS = 10;

  private final Executor decoders;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /**
   * @param decoders where pictures are decoded: no event loop
   */
  public SnapshotRoute(Executor decoders) {
    this.decoders = decoders;
  }

  /**
   * Answers with the next picture.
   *
   * @throws RefusedException while too many pictures are made
   */
  public void answer(Exchange exchange, Source source) {
    if (!places.tryAcquire()) {
      throw new RefusedException(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "Other pictures are being made: ask again.");
    }
    CompletableFuture<Frame> key = new CompletableFuture<>();
    View view = source.view(new KeyFrame(key), new ReaderInfo(exchange.client(), "snapshot", ""));
    CompletableFuture<?> unused =
        key.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
            .handleAsync(
                (frame, failure) -> {
                  view.close();
                  try {
                    exchange.reply(frame == null ? noPicture() : picture(frame));
                  } finally {
                    places.release();
                  }
                  return null;
                },
                decoders);
  }

  private static Response noPicture() {
    return Response.text(
        HttpResponseStatus.SERVICE_UNAVAILABLE, "The camera has sent no picture in time.");
  }

  private static Response picture(Frame frame) {
    if (!isDecodable(frame.codec())) {
      return Response.text(
          HttpResponseStatus.NOT_IMPLEMENTED,
          "Nothing here decodes "
              + frame.codec()
              + ": with dev.photofinish:photofinish-decode on the class path it can be done.");
    }
    try {
      return Response.ok("image/jpeg", Snapshots.picture(frame, PictureType.JPEG));
    } catch (PictureException e) {
      return Response.text(HttpResponseStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isDecodable(Codec codec) {
    return codec == Codec.JPEG
        || ServiceLoader.load(PictureDecoder.class, PictureDecoder.class.getClassLoader()).stream()
            .anyMatch(provider -> provider.get().decodes(codec));
  }

  /** Takes the first key frame of a video. */
  private record KeyFrame(CompletableFuture<Frame> key) implements FrameViewer {
    @Override
    public void frame(Frame frame) {
      if (!key.isDone() && frame.codec().kind() == Codec.Kind.VIDEO && frame.isKeyFrame()) {
        key.complete(frame.copy());
      }
    }

    @Override
    public void ended(String reason) {
      key.completeExceptionally(new IllegalStateException(reason));
    }
  }
}
