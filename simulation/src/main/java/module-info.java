/** Replays of races and of many cameras on a virtual clock, and the theory of lost SYNs. */
module dev.photofinish.simulation {
  requires transitive dev.photofinish.engine;
  requires static org.jspecify;

  exports dev.photofinish.simulation;
}
