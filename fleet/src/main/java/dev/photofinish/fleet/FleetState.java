package dev.photofinish.fleet;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Moves;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.Conflicts;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.fleet.place.Listing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The list of cameras and the view of the fleet, as the actors of a node have heard last. */
final class FleetState implements Listing {
  private volatile CameraTable list = CameraTable.EMPTY;
  private volatile Map<String, FleetCamera> cameras = Map.of();
  private volatile Map<String, List<FleetCamera>> shards = Map.of();
  private volatile FleetView view = FleetView.EMPTY;
  private final Moves moves = new Moves();
  private final Conflicts conflicts = new Conflicts();

  void listed(CameraTable table) {
    Map<String, FleetCamera> next = table.cameras();
    shards = next.values().stream().collect(Collectors.groupingBy(c -> Shards.shard(c.entity())));
    cameras = Collections.unmodifiableMap(next);
    list = table;
  }

  CameraTable list() {
    return list;
  }

  void seen(FleetView next) {
    view = next;
    moves.seen(next.holders(), cameras.keySet());
  }

  Map<String, FleetCamera> cameras() {
    return cameras;
  }

  FleetView view() {
    return view;
  }

  Conflicts conflicts() {
    return conflicts;
  }

  List<Moves.Move> moves() {
    return moves.latest();
  }

  boolean isListed(String name) {
    return cameras.containsKey(name);
  }

  @Override
  public int reachable(String shard, String zone) {
    return (int)
        shards.getOrDefault(shard, List.of()).stream()
            .filter(camera -> camera.isReachableFrom(zone))
            .count();
  }

  @Override
  public int cameras(String shard) {
    return shards.getOrDefault(shard, List.of()).size();
  }
}
