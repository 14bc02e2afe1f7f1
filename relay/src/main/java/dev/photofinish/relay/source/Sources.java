package dev.photofinish.relay.source;

import java.util.Optional;

/** Finds what is served under a name. */
@FunctionalInterface
public interface Sources {
  Optional<Source> find(String name);
}
