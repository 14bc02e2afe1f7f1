package dev.photofinish.spring;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options that a camera may have and that may stand above all cameras, as text: those of
 * docs/cli.md, by the same names. The tables of {@link dev.photofinish.rtsp.client.Camera#OPTIONS}
 * read them. Without getters, so that no report of an application's configuration has a password.
 */
public abstract class CameraOptionProperties {
  private final Map<String, String> values = new HashMap<>();

  CameraOptionProperties() {}

  final void set(String option, String value) {
    values.put(option, value);
  }

  /** The text of an option; empty where it is not set. */
  final Optional<String> option(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public void setUser(String value) {
    set("user", value);
  }

  public void setPassword(String value) {
    set("password", value);
  }

  public void setTlsInsecure(String value) {
    set("tls-insecure", value);
  }

  public void setConnectionRacing(String value) {
    set("connection-racing", value);
  }

  public void setMaxParallelConnections(String value) {
    set("max-parallel-connections", value);
  }

  public void setMaxConnectedAttempts(String value) {
    set("max-connected-attempts", value);
  }

  public void setRacingDelayMs(String value) {
    set("racing-delay-ms", value);
  }

  public void setAllowShortDelay(String value) {
    set("allow-short-delay", value);
  }

  public void setRacingDelayMultiplier(String value) {
    set("racing-delay-multiplier", value);
  }

  public void setRacingTimeout(String value) {
    set("racing-timeout", value);
  }

  public void setResolutionDelayMs(String value) {
    set("resolution-delay-ms", value);
  }

  public void setFinishLine(String value) {
    set("finish-line", value);
  }

  public void setRedial(String value) {
    set("redial", value);
  }

  public void setRenewal(String value) {
    set("renewal", value);
  }

  public void setPreferredAddressFamilyCount(String value) {
    set("preferred-address-family-count", value);
  }

  public void setInterleaveEndpoints(String value) {
    set("interleave-endpoints", value);
  }

  public void setHistory(String value) {
    set("history", value);
  }

  public void setRetryStrategy(String value) {
    set("retry-strategy", value);
  }

  public void setInitialRetryDelay(String value) {
    set("initial-retry-delay", value);
  }

  public void setLinearRetryStep(String value) {
    set("linear-retry-step", value);
  }

  public void setReconnectionTimeout(String value) {
    set("reconnection-timeout", value);
  }

  public void setMaxReconnectionAttempts(String value) {
    set("max-reconnection-attempts", value);
  }

  public void setStableAfter(String value) {
    set("stable-after", value);
  }

  public void setStallSuspect(String value) {
    set("stall-suspect", value);
  }

  public void setStallTimeout(String value) {
    set("stall-timeout", value);
  }

  public void setBackChannel(String value) {
    set("back-channel", value);
  }

  public void setSessionId(String value) {
    set("session-id", value);
  }

  public void setKeepAlive(String value) {
    set("keep-alive", value);
  }

  public void setResponseTimeout(String value) {
    set("response-timeout", value);
  }

  public void setAuthScheme(String value) {
    set("auth-scheme", value);
  }

  public void setMedia(String value) {
    set("media", value);
  }

  public void setTransport(String value) {
    set("transport", value);
  }

  public void setTunnelPath(String value) {
    set("tunnel-path", value);
  }

  public void setReorderWindow(String value) {
    set("reorder-window", value);
  }

  public void setMulticastInterface(String value) {
    set("multicast-interface", value);
  }

  public void setMulticastSource(String value) {
    set("multicast-source", value);
  }

  public void setMulticastTtl(String value) {
    set("multicast-ttl", value);
  }

  public void setMaxRedirects(String value) {
    set("max-redirects", value);
  }

  public void setUserAgent(String value) {
    set("user-agent", value);
  }

  public void setLocalAddress(String value) {
    set("local-address", value);
  }

  public void setInterface(String value) {
    set("interface", value);
  }

  public void setProxy(String value) {
    set("proxy", value);
  }

  public void setRange(String value) {
    set("range", value);
  }

  public void setScale(String value) {
    set("scale", value);
  }

  public void setSpeed(String value) {
    set("speed", value);
  }

  public void setOnvifReplay(String value) {
    set("onvif-replay", value);
  }

  public void setRateControl(String value) {
    set("rate-control", value);
  }

  public void setFrames(String value) {
    set("frames", value);
  }
}
