package dev.photofinish.rtsp.client;

import dev.photofinish.connect.TlsSettings;
import dev.photofinish.connect.route.Route;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.OptionTable;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialGroup;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.limit.LimitSettings;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A camera to watch, and the options for it: immutable, changed by the {@code with} methods.
 *
 * @param urls {@code rtsp://} or {@code rtsps://} addresses of the same camera, at least one, in
 *     order of preference
 * @param credentials for addresses that carry none; null for none
 * @param race how to connect
 * @param retry when to connect again
 * @param options how the stream is watched and kept alive
 * @param tls whom {@code rtsps} trusts
 * @param route where to dial from and what to go through
 * @param replay what to play of a recording, and how; {@link ReplayOptions#live} for what is live
 * @param dialGroup the cameras whose dials are limited together, within the client's limiter; null,
 *     the default, for none
 */
public record Camera(
    List<RtspUrl> urls,
    @Nullable Credentials credentials,
    RaceOptions race,
    RetryOptions retry,
    ClientOptions options,
    TlsSettings tls,
    Route route,
    ReplayOptions replay,
    @Nullable DialGroup dialGroup) {

  /**
   * Every option of a camera by name: the tables that {@link #of} reads, in the contract's order.
   */
  public static final List<OptionTable<?, ?>> OPTIONS =
      List.of(
          RaceOptions.OPTIONS,
          RetryOptions.OPTIONS,
          ClientOptions.OPTIONS,
          Route.OPTIONS,
          ReplayOptions.OPTIONS);

  private static final Pattern BETWEEN_URLS =
      Pattern.compile("[\\s,]+(?=rtsps?h?://)", Pattern.CASE_INSENSITIVE);

  /** Keeps a copy of the list. */
  public Camera {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new InvalidOptionException("url", "", "at least one rtsp:// or rtsps:// address");
    }
  }

  /**
   * A camera with options by name, as a file, a form or an environment has them.
   *
   * @param urls its addresses in order of preference, separated by blanks, or by a comma before the
   *     next scheme; each may carry {@code user:password@}
   * @param option the text for the name of an option of {@link #OPTIONS}; empty for its default
   * @throws InvalidOptionException for what is not an RTSP address, or a value that is not valid;
   *     it shows no password
   */
  public static Camera of(String urls, Function<String, Optional<String>> option) {
    return at(BETWEEN_URLS.split(urls.strip()))
        .withRace(RaceOptions.OPTIONS.read(option))
        .withRetry(RetryOptions.OPTIONS.read(option))
        .withOptions(ClientOptions.OPTIONS.read(option))
        .withRoute(Route.OPTIONS.read(option))
        .withReplay(ReplayOptions.OPTIONS.read(option));
  }

  /**
   * A camera with the defaults of every option.
   *
   * @param urls each may carry {@code user:password@}
   * @throws InvalidOptionException for what is not an RTSP address; it shows no password
   */
  public static Camera at(String... urls) {
    return new Camera(
        Arrays.stream(urls).map(Camera::parse).toList(),
        null,
        RaceOptions.defaults(),
        RetryOptions.defaults(),
        ClientOptions.defaults(),
        TlsSettings.systemTrust(),
        Route.DIRECT,
        ReplayOptions.live(),
        null);
  }

  /**
   * The same camera with some options changed.
   *
   * @param option the new text for the name of an option of {@link #OPTIONS}; empty for what stays
   * @throws InvalidOptionException for a value that is not valid
   */
  public Camera with(Function<String, Optional<String>> option) {
    return withRace(RaceOptions.OPTIONS.set(race.toBuilder(), option).build())
        .withRetry(RetryOptions.OPTIONS.set(retry.toBuilder(), option).build())
        .withOptions(ClientOptions.OPTIONS.set(options.toBuilder(), option).build())
        .withRoute(Route.OPTIONS.set(route.toBuilder(), option).build())
        .withReplay(replay.with(option));
  }

  /**
   * The same camera at other addresses, without the credentials for the present ones.
   *
   * @param addresses as {@link #of} takes them
   */
  public Camera withUrls(String addresses) {
    Camera there = at(BETWEEN_URLS.split(addresses.strip()));
    return new Camera(there.urls, null, race, retry, options, tls, route, replay, dialGroup);
  }

  private static RtspUrl parse(String url) {
    try {
      return RtspUrl.parse(url);
    } catch (RtspFormatException e) {
      throw new InvalidOptionException("url", RtspUrl.show(url), e.expected());
    }
  }

  public Camera withCredentials(String user, String password) {
    return new Camera(
        urls, new Credentials(user, password), race, retry, options, tls, route, replay, dialGroup);
  }

  public Camera withRace(RaceOptions newRace) {
    return new Camera(urls, credentials, newRace, retry, options, tls, route, replay, dialGroup);
  }

  public Camera withRetry(RetryOptions newRetry) {
    return new Camera(urls, credentials, race, newRetry, options, tls, route, replay, dialGroup);
  }

  public Camera withOptions(ClientOptions newOptions) {
    return new Camera(urls, credentials, race, retry, newOptions, tls, route, replay, dialGroup);
  }

  /**
   * Asks for these media alone ({@code media}).
   *
   * @param media of {@code video}, {@code audio} and {@code application}, one at least
   */
  public Camera withMedia(String... media) {
    return withOptions(options.withMedia(new HashSet<>(List.of(media))));
  }

  /**
   * Asks the camera for a way to send audio to it (ONVIF; {@code back-channel}): see {@link
   * CameraStream#backChannel}. A camera that has none is played all the same.
   */
  public Camera withBackChannel(boolean wanted) {
    return withOptions(options.toBuilder().backChannel(wanted).build());
  }

  public Camera withTls(TlsSettings newTls) {
    return new Camera(urls, credentials, race, retry, options, newTls, route, replay, dialGroup);
  }

  public Camera withRoute(Route newRoute) {
    return new Camera(urls, credentials, race, retry, options, tls, newRoute, replay, dialGroup);
  }

  public Camera withReplay(ReplayOptions newReplay) {
    return new Camera(urls, credentials, race, retry, options, tls, route, newReplay, dialGroup);
  }

  /** Dials within a group, such as that of the cameras behind one uplink. */
  public Camera withDialGroup(@Nullable DialGroup newGroup) {
    return new Camera(urls, credentials, race, retry, options, tls, route, replay, newGroup);
  }

  /** Plays this range of a recording at its own pace. */
  public Camera withRange(RangeHeader range) {
    return withReplay(replay.withRange(range));
  }

  /** Verify nothing on {@code rtsps}, or what the system trusts; the log says so loudly. */
  public Camera withTlsInsecure(boolean insecure) {
    return withTls(insecure ? TlsSettings.insecure() : TlsSettings.systemTrust());
  }

  /** The credentials for the address {@code url} of this camera; null for none. */
  @Nullable Credentials credentialsFor(RtspUrl url) {
    return url.credentials().orElse(credentials);
  }

  LimitSettings limitSettings() {
    return new LimitSettings(
        toString(),
        retry.reconnectionTimeout(),
        race.racingTimeout(),
        race.racingTimeoutGiven(),
        options.responseTimeout());
  }

  /** The preferred address, without user and password, wherever in it they stand. */
  @Override
  public String toString() {
    return urls.get(0).shown();
  }
}
