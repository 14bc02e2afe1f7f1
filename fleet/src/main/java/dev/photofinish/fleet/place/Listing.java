package dev.photofinish.fleet.place;

/** The facts of shards that the list of cameras has. */
public interface Listing {
  /** Whether all cameras of a shard can be reached from a zone. */
  boolean isReachable(String shard, String zone);

  /** The number of cameras of a shard. */
  int cameras(String shard);
}
