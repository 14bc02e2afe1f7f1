package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.dialogue.server.ServedStream;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a {@link PublishDialogue}: which stream it sends, and where to.
 *
 * @param url of the stream; user and password in it are not used
 * @param credentials null where none may be sent to this host
 * @param scheme by which the credentials are shown
 * @param stream its media, in the order of their tracks
 * @param transports to ask for, in their order, 1 or more; the next one where the server does not
 *     take the one before
 * @param responseTimeout how long each answer of the set-up is waited for
 */
public record PublishOptions(
    RtspUrl url,
    @Nullable Credentials credentials,
    AuthenticationScheme scheme,
    ServedStream stream,
    List<TransportPlan> transports,
    KeepAliveMethod keepAlive,
    Duration responseTimeout,
    String userAgent) {

  public PublishOptions {
    url = url.withoutCredentials();
    transports = List.copyOf(transports);
  }
}
