package dev.photofinish.cli.fleet;

import dev.photofinish.cli.config.Cameras;
import dev.photofinish.cli.config.OptionSection;
import dev.photofinish.cli.config.OptionSources;
import dev.photofinish.cli.config.Settings;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.relay.RelayedCameraOptions;
import java.util.List;
import java.util.Set;
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
              (b, v) -> b.zones = names(v)));

  private static final Set<String> OF_A_CAMERA =
      OptionSources.names(
          Stream.concat(
              Stream.of(new OptionSection("Relaying", RelayedCameraOptions.OPTIONS)),
              Cameras.OF_ONE.stream()));

  /** A camera with everything that settings say of it. */
  static FleetCamera camera(String name, String url, Settings settings) {
    SiteOptions place = settings.build(OPTIONS);
    place.zones().forEach(zone -> FleetCamera.checkZone("zones", zone));
    return new FleetCamera(name, url, place.site(), place.zones(), settings.texts(OF_A_CAMERA));
  }

  private static List<String> names(String text) {
    return text.isBlank() ? List.of() : Stream.of(text.split(",", -1)).map(String::strip).toList();
  }

  /** Collects the options. */
  static final class Builder {
    private String site = "";
    private List<String> zones = List.of();
  }
}
