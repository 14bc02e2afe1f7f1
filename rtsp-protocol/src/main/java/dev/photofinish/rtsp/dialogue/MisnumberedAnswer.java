package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose CSeq is none that we wait for, kept until it is known what it means: some cameras
 * count on their own ({@link Quirk#WRONG_CSEQ}). Where the only open request has no other answer
 * within a second, it is that request's.
 */
final class MisnumberedAnswer {
  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

  private @Nullable RtspResponse response;
  private @Nullable Sent open;
  private long dueAt;

  /**
   * It came while one request was open.
   *
   * @param request that may have been meant
   */
  void keep(RtspResponse kept, Sent request, long now) {
    if (response == null || !request.equals(open)) {
      dueAt = now + PATIENCE;
    }
    response = kept;
    open = request;
  }

  /** When it is decided; empty where none is kept. */
  OptionalLong deadline() {
    return response == null ? OptionalLong.empty() : OptionalLong.of(dueAt);
  }

  /**
   * The answer to {@code unanswered} if it is time; null if it is not, or if it was not meant.
   *
   * @param unanswered the only open request; null for none, or for several
   */
  @Nullable RtspResponse take(@Nullable Sent unanswered, long now) {
    if (response == null || now - dueAt < 0) {
      return null;
    }
    RtspResponse taken = unanswered != null && unanswered.equals(open) ? response : null;
    forget();
    return taken;
  }

  void forget() {
    response = null;
    open = null;
  }
}
