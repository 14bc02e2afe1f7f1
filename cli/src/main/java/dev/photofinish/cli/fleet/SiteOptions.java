package dev.photofinish.cli.fleet;

import dev.photofinish.cli.config.AuthOptions;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The place of a camera in a fleet.
 *
 * @param site the cameras behind one uplink; empty for none
 * @param zones it can be reached from; empty for all
 */
record SiteOptions(String site, List<String> zones) {
  static final OptionTable<Builder, SiteOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          builder -> new SiteOptions(builder.site, builder.zones),
          Option.of(
              "site",
              "",
              "the name of the cameras behind one uplink, which one node holds together",
              OptionType.text(),
              (b, v) -> b.site = v),
          Option.of(
              "zones",
              "",
              "the zones of nodes that can reach it, NAME,NAME; all without",
              OptionType.text(),
              (b, v) -> b.zones = List.of(v.split(",", -1))));

  /** A camera with everything that settings say of it. */
  static FleetCamera camera(String name, String url, Settings settings) {
    SiteOptions place = settings.build(OPTIONS);
    Map<String, String> options =
        settings.build(
            option -> {
              Map<String, String> all = new TreeMap<>();
              names().forEach(n -> option.apply(n).ifPresent(text -> all.put(n, text)));
              return all;
            });
    return new FleetCamera(name, url, place.site(), place.zones(), options);
  }

  private static Stream<String> names() {
    return Stream.concat(
            Stream.of(RelayedCameraOptions.OPTIONS, AuthOptions.OPTIONS), Camera.OPTIONS.stream())
        .flatMap(table -> table.options().stream())
        .map(Option::name);
  }

  /** Collects the options. */
  static final class Builder {
    private String site = "";
    private List<String> zones = List.of();
  }
}
