package dev.photofinish.cli.fleet;

import dev.photofinish.cli.config.FileName;
import dev.photofinish.cli.config.HostAndPort;
import dev.photofinish.cli.relay.Openness;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which a node serves readers and its page, and who may come there.
 *
 * @param rtsp where readers read
 * @param rtsps where they read over TLS; null for nowhere
 * @param web where its page and API are, or are asked; null for none
 * @param webTls whether the page is served, or asked, over TLS
 * @param users the file with the users who may read; null for none
 * @param anyone whether anyone may read, though it listens on more than the loopback
 */
record FleetServing(
    InetSocketAddress rtsp,
    @Nullable InetSocketAddress rtsps,
    @Nullable InetSocketAddress web,
    boolean webTls,
    @Nullable Path users,
    boolean anyone) {
  private static final String NONE = "none";
  private static final String OFF = "off";

  static final OptionTable<Builder, FleetServing> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "rtsp",
              "127.0.0.1:8554",
              "where readers read: HOST:PORT, port 0 is any free one",
              HostAndPort.TYPE,
              (b, v) -> b.rtsp = v),
          Option.of(
              "rtsps",
              OFF,
              "where readers read over TLS: HOST:PORT, or off",
              OptionType.orWord(HostAndPort.TYPE, OFF),
              (b, v) -> b.rtsps = v),
          Option.of(
              "web",
              "127.0.0.1:8081",
              "where the node's page and API are, or are asked: HOST:PORT, or off",
              OptionType.orWord(HostAndPort.TYPE, OFF),
              (b, v) -> b.web = v),
          Option.of(
              "web-tls",
              OFF,
              "serve, or ask, the page as https, with the certificate",
              OptionType.toggle(),
              (b, v) -> b.webTls = v),
          Option.of(
              "users",
              NONE,
              "a file with who may read, made by photofinish user; the same at all nodes",
              OptionType.orWord(FileName.TYPE, NONE),
              (b, v) -> b.users = v),
          Option.of(
              "anyone",
              OFF,
              "let anyone read, though it listens on more than the loopback",
              OptionType.toggle(),
              (b, v) -> b.anyone = v));

  /** Wrong use where anyone could read, or change the fleet, beyond the loopback. */
  void check() {
    Openness openness = new Openness(users != null, anyone);
    openness.checkReaders("rtsp", rtsp);
    openness.checkReaders("rtsps", rtsps);
    openness.checkPage(web, webTls);
  }

  /** Whether anything is served over TLS. */
  boolean usesTls() {
    return rtsps != null || (web != null && webTls);
  }

  /** Collects the options. */
  static final class Builder {
    private InetSocketAddress rtsp = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8554);
    private @Nullable InetSocketAddress rtsps;
    private @Nullable InetSocketAddress web =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081);
    private boolean webTls;
    private @Nullable Path users;
    private boolean anyone;

    private FleetServing build() {
      return new FleetServing(rtsp, rtsps, web, webTls, users, anyone);
    }
  }
}
