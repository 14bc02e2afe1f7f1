package dev.photofinish.rtsp.session;

import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dialogue is about.
 *
 * @param url of the presentation; user and password in it are not used
 * @param credentials null where none may be sent to this host
 * @param responseTimeout how long each answer of the set-up is waited for
 * @param quirks those forgiven
 * @param fatal what {@link Dialogue#openRequest} gave when earlier connections ended: the request
 *     is left out or another takes its place
 */
public record DialogueOptions(
    RtspUrl url,
    @Nullable Credentials credentials,
    KeepAliveMethod keepAlive,
    Duration responseTimeout,
    String userAgent,
    Set<Quirk> quirks,
    Set<String> fatal) {

  public DialogueOptions {
    url = url.withoutCredentials();
    quirks = Set.copyOf(quirks);
    fatal = Set.copyOf(fatal);
  }

  /** A dialogue with a camera of which no fatal request is known. */
  public DialogueOptions(
      RtspUrl url,
      @Nullable Credentials credentials,
      KeepAliveMethod keepAlive,
      Duration responseTimeout,
      String userAgent,
      Set<Quirk> quirks) {
    this(url, credentials, keepAlive, responseTimeout, userAgent, quirks, Set.of());
  }
}
