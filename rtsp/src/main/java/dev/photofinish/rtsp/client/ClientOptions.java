package dev.photofinish.rtsp.client;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.rtsp.dialogue.DialogueOptions;
import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.KeepAliveMethod;
import dev.photofinish.rtsp.message.SessionIdPolicy;
import dev.photofinish.rtsp.transport.MulticastSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options by which a stream is watched and kept alive after it was connected.
 *
 * @param stallSuspect silence after which the camera is asked whether it lives ({@code
 *     stall-suspect})
 * @param stallTimeout media may be absent for so long while the camera answers; zero for ever
 *     ({@code stall-timeout})
 * @param keepAlive which request keeps the session alive ({@code keep-alive})
 * @param responseTimeout how long the answer to a request of the set-up is waited for ({@code
 *     response-timeout})
 * @param authScheme by which user and password are shown to a camera ({@code auth-scheme})
 * @param media the types of media that are asked for ({@code media})
 * @param transport by which the media may come ({@code transport})
 * @param tunnelPath path and query that a tunnel is asked for at; empty for those of the stream
 *     ({@code tunnel-path})
 * @param reorderWindow how long a packet that came early over UDP waits for those before it; zero
 *     for not at all ({@code reorder-window})
 * @param multicastInterface name of the network interface to join groups on; null for that of the
 *     RTSP connection ({@code multicast-interface})
 * @param multicastSource the only sender to groups whose packets are taken; null for the one that
 *     the camera names, else the camera ({@code multicast-source})
 * @param multicastTtl hops that packets to groups may take, 0 to 255; null for the camera's choice
 *     ({@code multicast-ttl})
 * @param backChannel whether audio is to be sent to the camera, if it takes any ({@code
 *     back-channel})
 * @param sessionId which id holds where a camera answers with several ({@code session-id})
 * @param maxRedirects followed one after the other ({@code max-redirects})
 * @param userAgent the header's value ({@code user-agent})
 */
public record ClientOptions(
    Duration stallSuspect,
    Duration stallTimeout,
    KeepAliveMethod keepAlive,
    Duration responseTimeout,
    AuthenticationScheme authScheme,
    Set<String> media,
    RtspTransport transport,
    String tunnelPath,
    Duration reorderWindow,
    @Nullable String multicastInterface,
    @Nullable InetAddress multicastSource,
    @Nullable Integer multicastTtl,
    boolean backChannel,
    SessionIdPolicy sessionId,
    int maxRedirects,
    String userAgent) {

  private static final String AUTO = "auto";

  private static final ClientOptions DEFAULTS = builder().build();

  /** Every option by name: what the command line and configuration files accept. */
  public static final OptionTable<Builder, ClientOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "stall-suspect",
              "1s",
              "silence after which the camera is asked whether it lives; "
                  + Builder.SUSPECT.expected(),
              Builder.SUSPECT,
              Builder::stallSuspect),
          Option.of(
              "stall-timeout",
              "10s",
              "a camera that answers may send no media for so long, 0 for ever; "
                  + Builder.STALL.expected(),
              Builder.STALL,
              Builder::stallTimeout),
          Option.of(
              "keep-alive",
              "auto",
              "the request that keeps the session alive: options, get-parameter, or auto for the"
                  + " first of these and SET_PARAMETER that the camera takes",
              OptionType.words(KeepAliveMethod.class),
              Builder::keepAlive),
          Option.of(
              "response-timeout",
              "10s",
              "how long an answer is waited for while the session is set up; "
                  + Builder.RESPONSE.expected(),
              Builder.RESPONSE,
              Builder::responseTimeout),
          Option.of(
              "auth-scheme",
              "auto",
              "how user and password are shown to the camera: digest, basic, or auto for the"
                  + " strongest that it offers and takes",
              OptionType.words(AuthenticationScheme.class),
              Builder::authScheme),
          Option.of(
              "media",
              "video,audio,application",
              "the media to ask for; " + Builder.MEDIA.expected(),
              Builder.MEDIA,
              Builder::media),
          Option.of(
              "transport",
              "auto",
              "how media may come: tcp (on the RTSP connection), udp, multicast (to groups), http or"
                  + " websocket (with everything else through a tunnel), or auto for tcp first and"
                  + " udp where the camera does not take it",
              OptionType.words(RtspTransport.class),
              Builder::transport),
          Option.of(
              "tunnel-path",
              "",
              "where http and websocket find the tunnel, if not at the stream's own path: such as"
                  + " /rtsp-over-websocket; "
                  + Builder.PATH,
              OptionType.text(Builder.PATH, (option, text) -> text),
              Builder::tunnelPath),
          Option.of(
              "reorder-window",
              "50ms",
              "how long a packet that comes early over UDP waits for those before it, 0 for not at"
                  + " all; "
                  + Builder.REORDER.expected(),
              Builder.REORDER,
              Builder::reorderWindow),
          Option.of(
              "multicast-interface",
              AUTO,
              "where groups are joined: "
                  + Builder.INTERFACE.expected()
                  + " for that of the RTSP connection",
              Builder.INTERFACE,
              Builder::multicastInterface),
          Option.of(
              "multicast-source",
              AUTO,
              "whose packets to groups are taken: "
                  + Builder.SOURCE.expected()
                  + " for the sender that the camera names, else the camera",
              Builder.SOURCE,
              Builder::multicastSource),
          Option.of(
              "multicast-ttl",
              AUTO,
              "hops that packets to groups may take: "
                  + Builder.HOPS.expected()
                  + " for the camera's choice",
              Builder.HOPS,
              Builder::multicastTtl),
          Option.of(
              "back-channel",
              "off",
              "whether to ask the camera for a way to send audio to it (ONVIF); on or off",
              OptionType.toggle(),
              Builder::backChannel),
          Option.of(
              "session-id",
              "first",
              "the id that holds where a camera answers with several: first or newest",
              OptionType.words(SessionIdPolicy.class),
              Builder::sessionId),
          Option.of(
              "max-redirects",
              "5",
              "redirects followed one after the other; " + Builder.REDIRECTS.expected(),
              Builder.REDIRECTS,
              Builder::maxRedirects),
          Option.of(
              "user-agent",
              Builder.DEFAULT_AGENT,
              "the User-Agent header; " + Builder.AGENT,
              OptionType.text(Builder.AGENT, (option, text) -> text),
              Builder::userAgent));

  /** Checks every range; what is out of it is an {@code InvalidOptionException}. */
  public ClientOptions {
    Builder.SUSPECT.check("stall-suspect", stallSuspect);
    Builder.STALL.check("stall-timeout", stallTimeout);
    Builder.RESPONSE.check("response-timeout", responseTimeout);
    if (media.isEmpty() || !DialogueOptions.ALL_MEDIA.containsAll(media)) {
      throw new InvalidOptionException(
          "media", String.join(",", new TreeSet<>(media)), Builder.MEDIA.expected());
    }
    media = Set.copyOf(media);
    checkTunnelPath(tunnelPath);
    Builder.REORDER.check("reorder-window", reorderWindow);
    Builder.INTERFACE.check("multicast-interface", multicastInterface);
    Builder.SOURCE.check("multicast-source", multicastSource);
    Builder.HOPS.check("multicast-ttl", multicastTtl);
    Builder.REDIRECTS.check("max-redirects", maxRedirects);
    checkUserAgent(userAgent);
  }

  private static void checkTunnelPath(String value) {
    boolean printable = value.chars().allMatch(c -> c > ' ' && c < 127);
    if (!value.isEmpty() && (!value.startsWith("/") || value.length() > 1000 || !printable)) {
      throw new InvalidOptionException("tunnel-path", value, Builder.PATH);
    }
  }

  private static void checkUserAgent(String value) {
    boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 127);
    if (value.isEmpty() || value.length() > 200 || !printable) {
      throw new InvalidOptionException("user-agent", value, Builder.AGENT);
    }
  }

  /** The same but for the media that are asked for. */
  public ClientOptions withMedia(Set<String> asked) {
    return toBuilder().media(asked).build();
  }

  /** A builder that begins with these values. */
  public Builder toBuilder() {
    return builder()
        .stallSuspect(stallSuspect)
        .stallTimeout(stallTimeout)
        .keepAlive(keepAlive)
        .responseTimeout(responseTimeout)
        .authScheme(authScheme)
        .media(media)
        .transport(transport)
        .tunnelPath(tunnelPath)
        .reorderWindow(reorderWindow)
        .multicastInterface(multicastInterface)
        .multicastSource(multicastSource)
        .multicastTtl(multicastTtl)
        .backChannel(backChannel)
        .sessionId(sessionId)
        .maxRedirects(maxRedirects)
        .userAgent(userAgent);
  }

  OptionalInt multicastHops() {
    return multicastTtl == null ? OptionalInt.empty() : OptionalInt.of(multicastTtl);
  }

  MulticastSettings multicast() {
    return new MulticastSettings(
        Optional.ofNullable(multicastInterface), Optional.ofNullable(multicastSource));
  }

  public static ClientOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The defaults changed by {@code values}: option names of {@link #OPTIONS} and their text. */
  public static ClientOptions of(Map<?, ?> values) {
    return OPTIONS.read(values);
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    static final OptionType.Time SUSPECT =
        OptionType.duration(Duration.ofMillis(100), Duration.ofMinutes(1));
    static final OptionType.Time STALL =
        OptionType.duration(Duration.ofSeconds(1), Duration.ofHours(1)).orZero();
    static final OptionType.Time RESPONSE =
        OptionType.duration(Duration.ofMillis(100), Duration.ofMinutes(5));
    static final OptionType.Text<Set<String>> MEDIA =
        OptionType.text(
            "one or more of video, audio and application, separated by commas",
            (option, text) -> new HashSet<>(List.of(text.split(",", 4))));
    static final OptionType.Time REORDER =
        OptionType.duration(Duration.ZERO, Duration.ofSeconds(2))
            .expecting("0 or a duration up to 2 s");
    static final OptionType.OrWord<String> INTERFACE =
        OptionType.orWord(
            OptionType.text("the name of a network interface", (option, text) -> text), AUTO);
    static final OptionType.OrWord<InetAddress> SOURCE =
        OptionType.orWord(OptionType.text("a numeric address", Builder::address), AUTO);
    static final OptionType.OrWord<Integer> HOPS =
        OptionType.orWord(OptionType.integer(0, 255), AUTO);
    static final OptionType.WholeNumber REDIRECTS = OptionType.integer(0, 20);
    static final String PATH = "a path that begins with '/', of printable ASCII characters";
    static final String AGENT = "1 to 200 printable ASCII characters";
    static final String DEFAULT_AGENT = "Photofinish";

    private Duration stallSuspect = Duration.ofSeconds(1);
    private Duration stallTimeout = Duration.ofSeconds(10);
    private KeepAliveMethod keepAlive = KeepAliveMethod.AUTO;
    private Duration responseTimeout = Duration.ofSeconds(10);
    private AuthenticationScheme authScheme = AuthenticationScheme.AUTO;
    private Set<String> media = DialogueOptions.ALL_MEDIA;
    private RtspTransport transport = RtspTransport.AUTO;
    private String tunnelPath = "";
    private Duration reorderWindow = Duration.ofMillis(50);
    private @Nullable String multicastInterface;
    private @Nullable InetAddress multicastSource;
    private @Nullable Integer multicastTtl;
    private boolean backChannel;
    private SessionIdPolicy sessionId = SessionIdPolicy.FIRST;
    private int maxRedirects = 5;
    private String userAgent = DEFAULT_AGENT;

    private Builder() {}

    private static InetAddress address(String option, String text) {
      try {
        return Addresses.parse(text);
      } catch (IllegalArgumentException e) {
        throw new InvalidOptionException(option, text, SOURCE.expected());
      }
    }

    public Builder stallSuspect(Duration value) {
      stallSuspect = value;
      return this;
    }

    public Builder stallTimeout(Duration value) {
      stallTimeout = value;
      return this;
    }

    public Builder keepAlive(KeepAliveMethod value) {
      keepAlive = value;
      return this;
    }

    public Builder responseTimeout(Duration value) {
      responseTimeout = value;
      return this;
    }

    public Builder authScheme(AuthenticationScheme value) {
      authScheme = value;
      return this;
    }

    /** Of video, audio and application. */
    public Builder media(Set<String> value) {
      media = Set.copyOf(value);
      return this;
    }

    public Builder transport(RtspTransport value) {
      transport = value;
      return this;
    }

    /** Such as {@code /rtsp-over-websocket}; empty for the path of the stream. */
    public Builder tunnelPath(String value) {
      tunnelPath = value;
      return this;
    }

    public Builder reorderWindow(Duration value) {
      reorderWindow = value;
      return this;
    }

    public Builder multicastInterface(@Nullable String value) {
      multicastInterface = value;
      return this;
    }

    public Builder multicastSource(@Nullable InetAddress value) {
      multicastSource = value;
      return this;
    }

    public Builder multicastTtl(@Nullable Integer value) {
      multicastTtl = value;
      return this;
    }

    public Builder backChannel(boolean value) {
      backChannel = value;
      return this;
    }

    public Builder sessionId(SessionIdPolicy value) {
      sessionId = value;
      return this;
    }

    public Builder maxRedirects(int value) {
      maxRedirects = value;
      return this;
    }

    public Builder userAgent(String value) {
      userAgent = value;
      return this;
    }

    public ClientOptions build() {
      return new ClientOptions(
          stallSuspect,
          stallTimeout,
          keepAlive,
          responseTimeout,
          authScheme,
          media,
          transport,
          tunnelPath,
          reorderWindow,
          multicastInterface,
          multicastSource,
          multicastTtl,
          backChannel,
          sessionId,
          maxRedirects,
          userAgent);
    }
  }
}
