package dev.photofinish.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting of a simulated camera, typed for code and readable from text. A command line maps
 * each of {@link #all()} to a flag of the same {@link #name()}; {@link SimulatedCamera.Builder} has
 * a method for each.
 *
 * <p>As text a duration is a whole number with a unit ({@code 400ms}, {@code 5s}, {@code 2m}) or
 * {@code 0}, a switch is {@code on} or {@code off} ({@code true} and {@code false} do as well), a
 * choice is its constant in lower case with hyphens ({@code drop-oldest}).
 */
public final class Knob<T> {

  private static final List<Knob<?>> ALL = new ArrayList<>();
  private static final Duration DAY = Duration.ofDays(1);

  // Address

  public static final Knob<String> ADDRESS =
      text("address", "127.0.0.1", "a numeric address to listen on, IPv4 or IPv6; :: is every one");
  public static final Knob<Integer> PORT =
      number("port", 0, 0, 65535, "port to listen on; 0 is any free one");
  public static final Knob<String> PATH =
      text("path", "/stream", "path of the stream; any other is answered 404");
  public static final Knob<String> SECOND_PATH =
      text("second-path", "", "path of a second profile with the same media; empty is none");
  public static final Knob<Boolean> TLS =
      toggle("tls", false, "rtsps, with a self-signed certificate made at the start");

  // Media

  public static final Knob<Integer> FPS = number("fps", 25, 1, 60, "video frames a second");
  public static final Knob<Integer> KEY_INTERVAL =
      number(
          "key-interval", 0, 0, 100_000, "frames from one key frame to the next; 0 is a second's");
  public static final Knob<KeyFrameRequests> KEY_FRAME_REQUESTS =
      choice(
          "key-frame-requests",
          KeyFrameRequests.NONE,
          KeyFrameRequests.class,
          "the RTCP that is offered (a=rtcp-fb) and answered by a key frame, where nothing is"
              + " encrypted");
  public static final Knob<Audio> AUDIO =
      choice("audio", Audio.PCMU, Audio.class, "the audio beside the video");
  public static final Knob<Transports> TRANSPORTS =
      choice("transports", Transports.BOTH, Transports.class, "what SETUP accepts; else 461");
  public static final Knob<String> GROUP =
      new Knob<>(
          "group",
          "239.255.42.99",
          "the numeric address of a multicast group, or empty",
          "where SETUP with multicast has media sent, each session to ports of its own; empty is"
              + " nowhere",
          text -> text,
          KnobText::isGroup);
  public static final Knob<KeyExchange> SRTP =
      choice(
          "srtp",
          KeyExchange.NONE,
          KeyExchange.class,
          "how media is encrypted: the way of its keys");
  public static final Knob<SrtpCipher> SRTP_SUITE =
      choice(
          "srtp-suite",
          SrtpCipher.AES_CM_128_HMAC_SHA1_80,
          SrtpCipher.class,
          "the ciphers where srtp encrypts");
  public static final Knob<Boolean> NO_MEDIA =
      toggle("no-media", false, "everything is answered, and no RTP is sent");
  public static final Knob<Duration> RECORDING =
      duration("recording", "a recording of this length in place of what is live; 0 is live");
  public static final Knob<RecordingEnd> RECORDING_END =
      choice(
          "recording-end",
          RecordingEnd.BYE,
          RecordingEnd.class,
          "what follows the last picture of a recording, or of the range that was asked for");
  public static final Knob<Boolean> PAUSE =
      toggle("pause", true, "whether PAUSE is in Public and answered; else 405");
  public static final Knob<Boolean> BACKCHANNEL =
      toggle(
          "backchannel",
          false,
          "audio to the camera (ONVIF), for one client at a time; what comes is kept");
  public static final Knob<Tunnels> TUNNELS =
      choice(
          "tunnels",
          Tunnels.BOTH,
          Tunnels.class,
          "what RTSP may be spoken through beside TCP; else 404");
  public static final Knob<Integer> LOSS =
      number("loss", 0, 0, 100, "per cent of the RTP packets that are not sent");
  public static final Knob<Integer> REORDER =
      number("reorder", 0, 0, 100, "per cent of the RTP packets that are sent after the next one");
  public static final Knob<Integer> SSRC_CHANGE =
      number(
          "ssrc-change",
          0,
          0,
          1_000_000,
          "a stream changes its SSRC after so many packets; 0 never");
  public static final Knob<Duration> LATE =
      duration(
          "late",
          Duration.ofMillis(500),
          "media that is late by more, because the machine stood still, is left out; 0 never");
  public static final Knob<Long> SEED =
      new Knob<>(
          "seed", 1L, "a whole number", "of all that is random", Long::valueOf, seed -> true);

  // Limit

  public static final Knob<Integer> LIMIT =
      number("limit", 0, 0, 10_000, "clients at one time; 0 is no limit");
  public static final Knob<OnLimit> ON_LIMIT =
      choice(
          "on-limit",
          OnLimit.DROP_OLDEST,
          OnLimit.class,
          "what happens to a client beyond the limit");
  public static final Knob<Duration> SLOT_KEPT =
      duration(
          "slot-kept", "how long a client that left a session without TEARDOWN keeps its slot");
  public static final Knob<Boolean> SLOT_LOST =
      toggle("slot-lost", false, "a slot left without TEARDOWN stays taken until a reboot");
  public static final Knob<LimitAt> LIMIT_AT =
      choice("limit-at", LimitAt.SETUP, LimitAt.class, "the request that a full camera refuses");
  public static final Knob<Integer> PROFILE_LIMIT =
      number("profile-limit", 0, 0, 10_000, "sessions of one path, else 453; 0 is no limit");
  public static final Knob<Integer> SESSIONS_PER_BOOT =
      number(
          "sessions-per-boot",
          0,
          0,
          1_000_000,
          "after so many sessions 503 until a reboot; 0 never");
  public static final Knob<Integer> SYN_LIMIT =
      number(
          "syn-limit",
          0,
          0,
          10_000,
          "connections of one address within syn-window, more are reset; 0 is no limit");
  public static final Knob<Duration> SYN_WINDOW =
      duration("syn-window", Duration.ofSeconds(10), "the time over which syn-limit counts");
  public static final Knob<Duration> RECONNECT_PENALTY =
      duration(
          "reconnect-penalty",
          "503 so long for who reconnects within 5s, doubled with each time; 0 never");

  // Answers

  public static final Knob<Boolean> MUTE = toggle("mute", false, "accept, and never answer");
  public static final Knob<Integer> ANSWER_MS =
      number("answer-ms", 0, 0, 600_000, "milliseconds before each response");
  public static final Knob<Integer> FIRST_ANSWER_MS =
      number(
          "first-answer-ms",
          0,
          0,
          600_000,
          "milliseconds more before a connection's first response");
  public static final Knob<Integer> TUNNEL_STATUS =
      number("tunnel-status", 0, 0, 599, "HTTP status that refuses every tunnel; 0 is none");
  public static final Knob<Integer> TUNNEL_POST_STATUS =
      number(
          "tunnel-post-status", 0, 0, 599, "HTTP status that answers a tunnel's POST; 0 is none");
  public static final Knob<String> TUNNEL_TYPE =
      text(
          "tunnel-type",
          "application/x-rtsp-tunnelled",
          "content type of the answer to a tunnel's GET");
  public static final Knob<String> REDIRECT =
      text("redirect", "", "URL that DESCRIBE is redirected to with 302; empty is none");
  public static final Knob<Boolean> GET_PARAMETER =
      toggle("get-parameter", true, "whether GET_PARAMETER is in Public and answered; else 405");
  public static final Knob<Integer> CHANNEL_OFFSET =
      number(
          "channel-offset", 0, 0, 200, "added to the interleaved channels that the client asked");
  public static final Knob<Boolean> RTCP_BEFORE_PLAY =
      toggle("rtcp-before-play", false, "an RTCP frame before the PLAY response, as live555 sends");
  public static final Knob<Duration> WARM_UP =
      duration("warm-up", "so long after the start and each reboot DESCRIBE is answered 500");
  public static final Knob<Boolean> CLOSE_AFTER_DESCRIBE =
      toggle("close-after-describe", false, "the connection is closed after DESCRIBE's response");
  public static final Knob<Duration> TCP_WEDGES =
      duration("tcp-wedges", "so long nobody is served after a SETUP for TCP; 0 takes TCP");
  public static final Knob<Boolean> BARE_LF =
      toggle("bare-lf", false, "lines of responses end in LF without CR");
  public static final Knob<Boolean> LOWER_CASE =
      toggle("lower-case", false, "header names of responses in lower case");

  // Times; 0 is for ever

  public static final Knob<Duration> HANG_UP_AFTER =
      duration("hang-up-after", "each connection is closed so long after it was accepted; 0 never");
  public static final Knob<HangUp> HANG_UP_BY =
      choice("hang-up-by", HangUp.FIN, HangUp.class, "how hang-up-after closes");
  public static final Knob<Duration> MEDIA_STOPS_AFTER =
      duration("media-stops-after", "so long after PLAY media stops, answers go on; 0 never");
  public static final Knob<Duration> FREEZE_EVERY =
      duration("freeze-every", "the mean time from one freeze to the next, drawn; 0 never");
  public static final Knob<Duration> FREEZE_FOR =
      duration("freeze-for", Duration.ofSeconds(5), "how long a freeze answers and sends nothing");
  public static final Knob<Duration> REPORTS_WITHIN =
      duration("reports-within", "so long after the last RTCP of its client a session ends");
  public static final Knob<Duration> REBOOT_EVERY =
      duration("reboot-every", "a reboot so long after the start and after each reboot; 0 never");
  public static final Knob<Duration> REBOOT_FOR =
      new Knob<>(
          "reboot-for",
          Duration.ofSeconds(5),
          "1ms to 24h",
          "how long a reboot of reboot-every refuses connections",
          KnobText::parseDuration,
          value -> !value.isZero() && !value.isNegative() && value.compareTo(DAY) <= 0);
  public static final Knob<Duration> SESSION_TIMEOUT =
      new Knob<>(
          "session-timeout",
          Duration.ofSeconds(60),
          "1s to 24h, whole seconds",
          "announced as timeout=; a session with no request for so long ends",
          KnobText::parseDuration,
          value ->
              value.toMillis() % 1000 == 0 && value.toSeconds() >= 1 && value.compareTo(DAY) <= 0);
  public static final Knob<Boolean> SESSION_EXPIRY =
      toggle("session-expiry", true, "whether session-timeout is enforced, or only announced");

  // Access

  public static final Knob<String> USER =
      text("user", "", "user name; empty asks for no credentials");
  public static final Knob<String> PASSWORD = text("password", "", "the user's password");
  public static final Knob<List<AuthScheme>> AUTH =
      new Knob<>(
          "auth",
          List.of(AuthScheme.DIGEST),
          "some of " + KnobText.words(AuthScheme.class) + ", separated by commas",
          "the challenges, in this order",
          KnobText::parseSchemes,
          schemes -> !schemes.isEmpty());
  public static final Knob<Boolean> DIGEST_QOP =
      toggle("digest-qop", false, "whether Digest challenges offer qop=\"auth\"");
  public static final Knob<Duration> NONCE_LIFETIME =
      duration("nonce-lifetime", "after which a nonce is answered stale=true; 0 never");
  public static final Knob<Boolean> TUNNEL_AUTH =
      toggle(
          "tunnel-auth", false, "whether HTTP asks for user and password, instead of RTSP within");
  public static final Knob<Boolean> TUNNEL_AUTH_CLOSES =
      toggle("tunnel-auth-closes", false, "whether the connection is closed after HTTP's 401");
  public static final Knob<Duration> LOCK_FOR =
      duration("lock-for", "wrong credentials lock the account so long, for the right ones too");
  public static final Knob<Integer> LOCK_AFTER =
      number("lock-after", 1, 1, 1000, "wrong tries, with no right one between, that lock it");

  private final String name;
  private final T defaultValue;
  private final String range;
  private final String description;
  private final Function<String, T> parser;
  private final Check<T> check;

  private interface Check<T> {
    boolean admits(T value);
  }

  private Knob(
      String name,
      T defaultValue,
      String range,
      String description,
      Function<String, T> parser,
      Check<T> check) {
    this.name = name;
    this.defaultValue = defaultValue;
    this.range = range;
    this.description = description;
    this.parser = parser;
    this.check = check;
    ALL.add(this);
  }

  /** Every knob, in the order in which they are best explained. */
  public static List<Knob<?>> all() {
    return List.copyOf(ALL);
  }

  /** The knob called {@code name}. */
  public static Knob<?> named(String name) {
    return ALL.stream()
        .filter(knob -> knob.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no knob is called "
                        + name
                        + ", only "
                        + ALL.stream().map(Knob::name).collect(Collectors.joining(", "))));
  }

  public String name() {
    return name;
  }

  public T defaultValue() {
    return defaultValue;
  }

  /** The default as text. */
  public String defaultText() {
    return KnobText.of(defaultValue);
  }

  /** What values are accepted, in words. */
  public String range() {
    return range;
  }

  /** One line: what it does, and its unit. */
  public String description() {
    return description;
  }

  /**
   * {@code value} itself.
   *
   * @throws IllegalArgumentException naming the knob, the value and the range
   */
  T checked(T value) {
    if (!check.admits(value)) {
      throw refused(KnobText.of(value));
    }
    return value;
  }

  /**
   * The value that {@code text} stands for.
   *
   * @throws IllegalArgumentException naming the knob, the text and the range
   */
  T parse(String text) {
    T value;
    try {
      value = parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    return checked(value);
  }

  private IllegalArgumentException refused(String value) {
    String shown = this == (Object) PASSWORD ? "the value" : value;
    return new IllegalArgumentException(name + ": " + shown + " is not " + range);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Knob<String> text(String name, String defaultValue, String description) {
    return new Knob<>(
        name, defaultValue, "text without line breaks", description, text -> text, Knob::oneLine);
  }

  private static boolean oneLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private static Knob<Integer> number(
      String name, int defaultValue, int min, int max, String description) {
    return new Knob<>(
        name,
        defaultValue,
        min + " to " + max,
        description,
        Integer::valueOf,
        value -> value >= min && value <= max);
  }

  private static Knob<Boolean> toggle(String name, boolean defaultValue, String description) {
    return new Knob<>(
        name, defaultValue, "on or off", description, KnobText::parseSwitch, on -> true);
  }

  private static Knob<Duration> duration(String name, String description) {
    return duration(name, Duration.ZERO, description);
  }

  private static Knob<Duration> duration(String name, Duration defaultValue, String description) {
    return new Knob<>(
        name,
        defaultValue,
        "0 to 24h",
        description,
        KnobText::parseDuration,
        value -> !value.isNegative() && value.compareTo(DAY) <= 0);
  }

  private static <E extends Enum<E>> Knob<E> choice(
      String name, E defaultValue, Class<E> type, String description) {
    return new Knob<>(
        name,
        defaultValue,
        "one of " + KnobText.words(type),
        description,
        text -> KnobText.parseWord(text, type),
        value -> true);
  }
}
