package dev.photofinish.fleet.camera;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A camera as the nodes of a fleet tell each other.
 *
 * @param name it is served under
 * @param url its addresses, as {@link Camera#of} takes them; they may carry a password
 * @param site the cameras that stand behind one uplink, which are held by one node; empty for none
 * @param zones it can be reached from; empty for all
 * @param options of {@link Camera#OPTIONS} and {@link RelayedCameraOptions#OPTIONS} by name, and
 *     {@code user}, {@code password}, {@code tls-insecure}
 */
public record FleetCamera(
    String name, String url, String site, List<String> zones, Map<String, String> options)
    implements FleetMessage {
  private static final int LONGEST_SITE = 64;
  private static final Pattern ZONE = Pattern.compile("[^\\s\\p{Cntrl},]{1,64}");
  private static final int DIGEST_BYTES = 16;
  private static final String TLS_INSECURE = "tls-insecure";

  /**
   * Keeps sorted copies: equal cameras have equal bytes. What an older node lacks has a default.
   */
  public FleetCamera {
    site = Objects.requireNonNullElse(site, "");
    zones =
        Objects.requireNonNullElse(zones, List.<String>of()).stream().sorted().distinct().toList();
    options =
        Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(options, Map.of())));
    if (site.length() > LONGEST_SITE || !site.chars().allMatch(FleetCamera::isSiteCharacter)) {
      throw new InvalidOptionException("site", site, "up to 64 letters, digits and -_.");
    }
  }

  /**
   * Checks the name of a zone: lists of them have commas in a file and blanks on the page between.
   *
   * @param option that names it
   * @throws InvalidOptionException for one that such a list cannot have
   */
  public static void checkZone(String option, String zone) {
    if (!ZONE.matcher(zone).matches()) {
      throw new InvalidOptionException(
          option, zone, "up to 64 characters for a zone, without blanks and commas");
    }
  }

  /**
   * Checks what a person says of it.
   *
   * @throws InvalidOptionException for what is not valid; it shows no password
   */
  public FleetCamera checked() {
    camera();
    relayOptions();
    zones.forEach(zone -> checkZone("zones", zone));
    return this;
  }

  private static boolean isSiteCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.".indexOf(c) >= 0;
  }

  /** A camera with the defaults of everything. */
  public static FleetCamera of(String name, String url) {
    return new FleetCamera(name, url, "", List.of(), Map.of());
  }

  /**
   * The camera that a relay connects to.
   *
   * @throws InvalidOptionException for what is not valid; it shows no password
   */
  public Camera camera() {
    Camera camera = Camera.of(url, this::option);
    if (option(TLS_INSECURE).map(text -> Option.parseSwitch(TLS_INSECURE, text)).orElse(false)) {
      camera = camera.withTlsInsecure(true);
    }
    String user = options.get("user");
    return user == null
        ? camera
        : camera.withCredentials(user, options.getOrDefault("password", ""));
  }

  /**
   * The way in which it is relayed.
   *
   * @throws InvalidOptionException for what is not valid
   */
  public RelayedCameraOptions relayOptions() {
    return RelayedCameraOptions.OPTIONS.read(this::option);
  }

  private Optional<String> option(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** All that it says, but for its name, passwords too. */
  String text() {
    return String.join("\n", url, site, zones + "" + options);
  }

  /** A digest of all that it says, by which a node knows what was said before; 128 bits in hex. */
  String digest() {
    try {
      byte[] text = (name + "\n" + text()).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it can be reached from a node of {@code zone}. */
  public boolean isReachableFrom(String zone) {
    return zones.isEmpty() || zones.contains(zone);
  }

  /** The zones it can be reached from, for a person; of a camera that names some. */
  public String zonesInWords() {
    return "zone " + String.join(" or ", zones);
  }

  /** The name of its entity, which says its shard too. */
  @JsonIgnore
  public String entity() {
    return Shards.entity(name, site);
  }

  /** Shows no address and no password. */
  @Override
  public String toString() {
    return site.isEmpty() ? name : name + " of site " + site;
  }
}
