package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a dialogue: which stream it asks for, and how.
 *
 * @param url of the presentation; user and password in it are not used
 * @param credentials null where none may be sent to this host
 * @param scheme by which the credentials are shown
 * @param media the types of media to set up, as {@code m=} names them: video, audio, application
 * @param transports that the media may come by, the one to ask for first before the others; one at
 *     least
 * @param responseTimeout how long each answer of the set-up is waited for
 * @param quirks those forgiven
 * @param known what earlier connections showed of the camera
 * @param play the media that the first PLAY asks for
 * @param backChannel whether audio is to be sent to the camera, if it takes any
 * @param sessionId which of several session ids holds
 */
public record DialogueOptions(
    RtspUrl url,
    @Nullable Credentials credentials,
    AuthenticationScheme scheme,
    Set<String> media,
    List<TransportPlan> transports,
    KeepAliveMethod keepAlive,
    Duration responseTimeout,
    String userAgent,
    Set<Quirk> quirks,
    KnownDevice known,
    PlayRequest play,
    boolean backChannel,
    SessionIdPolicy sessionId) {

  /** The types of media that can be received. */
  public static final Set<String> ALL_MEDIA = Set.of("video", "audio", "application");

  public DialogueOptions {
    url = url.withoutCredentials();
    media = Set.copyOf(media);
    transports = List.copyOf(transports);
    quirks = Set.copyOf(quirks);
  }

  /** Whether media may come on the RTSP connection as well as beside it. */
  public boolean mayMove() {
    return transports.stream().map(TransportPlan::areDatagrams).distinct().count() > 1;
  }

  /** A dialogue about what is live, with a camera of which nothing is known. */
  public DialogueOptions(
      RtspUrl url,
      @Nullable Credentials credentials,
      KeepAliveMethod keepAlive,
      Duration responseTimeout,
      String userAgent,
      Set<Quirk> quirks) {
    this(
        url,
        credentials,
        AuthenticationScheme.AUTO,
        ALL_MEDIA,
        List.of(TransportPlan.interleaved()),
        keepAlive,
        responseTimeout,
        userAgent,
        quirks,
        KnownDevice.NEW,
        PlayRequest.LIVE,
        false,
        SessionIdPolicy.FIRST);
  }
}
