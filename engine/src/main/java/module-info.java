/** The race and the retry schedule as pure state machines: no sockets, no clock, no threads. */
module dev.photofinish.engine {
  requires static org.jspecify;

  exports dev.photofinish.race;
  exports dev.photofinish.retry;
}
