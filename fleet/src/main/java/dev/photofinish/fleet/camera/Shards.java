package dev.photofinish.fleet.camera;

/**
 * The names of entities and shards. A shard is a site, so that one node holds all cameras behind
 * one uplink: they share a limiter of dials, and a partition that cuts the uplink cuts it for all
 * of them. Cameras without a site are spread over {@value #WITHOUT_SITE} shards by their name.
 */
public final class Shards {
  /** Many more than nodes, so that they are spread evenly. */
  static final int WITHOUT_SITE = 256;

  private static final char BETWEEN = '/';
  private static final String NONE = "~";

  private Shards() {}

  /** {@code site/name}. */
  static String entity(String name, String site) {
    return (site.isEmpty() ? NONE + Math.floorMod(name.hashCode(), WITHOUT_SITE) : site)
        + BETWEEN
        + name;
  }

  /** The shard of an entity. */
  public static String shard(String entity) {
    return entity.substring(0, Math.max(0, entity.indexOf(BETWEEN)));
  }

  /** The camera's name of an entity. */
  public static String name(String entity) {
    return entity.substring(entity.indexOf(BETWEEN) + 1);
  }
}
