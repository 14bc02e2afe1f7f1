package dev.photofinish.rtsp.dialogue.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's wait for its driver, and what it does with the answer. */
sealed interface Wait {
  Exchange exchange();

  void refused(Refusal refusal, long now);

  /** The session that the driver does it for; null for none. */
  default @Nullable ServedSession session() {
    return null;
  }

  /** For {@link ServerCommand.Describe}. */
  non-sealed interface ForStream extends Wait {
    void described(ServedStream stream, long now);
  }

  /** For {@link ServerCommand.OpenTransport}. */
  non-sealed interface ForTransport extends Wait {
    void opened(ServedTransport transport, long now);
  }

  /** For {@link ServerCommand.Announce}. */
  non-sealed interface ForAnnouncement extends Wait {
    void announced(long now);
  }

  /** For {@link ServerCommand.PrepareRecord}. */
  non-sealed interface ForRecord extends Wait {
    void prepared(long now);
  }

  /** For {@link ServerCommand.PreparePlay}. */
  non-sealed interface ForPlay extends Wait {
    void prepared(List<TrackStart> starts, long now);
  }
}
