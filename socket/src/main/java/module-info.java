/** Races on the plain JDK: {@link dev.photofinish.socket.RacingSocketFactory} is where to begin. */
module dev.photofinish.socket {
  requires transitive dev.photofinish.engine;
  requires transitive dev.photofinish.host;
  requires static org.jspecify;

  exports dev.photofinish.socket;
}
