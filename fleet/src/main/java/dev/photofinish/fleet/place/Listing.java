package dev.photofinish.fleet.place;

/** The facts of shards that the list of cameras has. */
public interface Listing {
  /** How many cameras of a shard can be reached from a zone. */
  int reachable(String shard, String zone);

  /** The number of cameras of a shard. */
  int cameras(String shard);
}
