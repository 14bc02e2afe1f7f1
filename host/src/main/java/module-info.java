/** The network, history and limiter of a host and its process, for every driver of races. */
module dev.photofinish.host {
  requires transitive dev.photofinish.engine;
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.photofinish.host;
}
