package dev.photofinish.fleet.serve;

import dev.photofinish.race.limiter.DialGroup;
import dev.photofinish.rtsp.client.Camera;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The caps on the dials to sites, one for each site that this node holds. A site is held by one
 * node at a time, so that its cap holds for the whole fleet without a word between nodes.
 */
final class SiteDials {
  private final int most;

  /** Kept by what dials: a cap is forgotten when no camera and no dial has it any more. */
  private final Map<String, WeakReference<DialGroup>> groups = new HashMap<>();

  /** The same cap for each of them. */
  SiteDials(int most) {
    this.most = most;
  }

  /** The camera as one of a site; unchanged for one without. */
  Camera within(String site, Camera camera) {
    return site.isEmpty() ? camera : camera.withDialGroup(group(site));
  }

  private synchronized DialGroup group(String site) {
    WeakReference<DialGroup> kept = groups.get(site);
    DialGroup known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    groups.values().removeIf(group -> group.get() == null);
    DialGroup made = new DialGroup(most);
    groups.put(site, new WeakReference<>(made));
    return made;
  }
}
