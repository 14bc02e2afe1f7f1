package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;

/** The holders that run at one node, which are told what the list says of their cameras. */
final class LocalHolders {
  private final Map<String, ActorRef<Holder.Message>> holders = new HashMap<>();

  void started(String name, ActorRef<Holder.Message> holder, CameraTable table) {
    holders.put(name, holder);
    tell(name, holder, table);
  }

  void stopped(String name, ActorRef<Holder.Message> holder) {
    holders.remove(name, holder);
  }

  /** The list says something else of some cameras. */
  void changed(Predicate<String> some, CameraTable table) {
    holders.forEach(
        (name, holder) -> {
          if (some.test(name)) {
            tell(name, holder, table);
          }
        });
  }

  /** A camera that was not heard of yet may still be listed. */
  private static void tell(String name, ActorRef<Holder.Message> holder, CameraTable table) {
    Optional<FleetCamera> camera = table.camera(name);
    if (camera.isPresent()) {
      holder.tell(new Holder.Listed(camera.get()));
    } else if (table.isRemoved(name)) {
      holder.tell(new Holder.Unlisted());
    }
  }
}
