/** What a host and its process know of racing, for whoever drives races there. */
module dev.photofinish.host {
  requires transitive dev.photofinish.engine;
  requires static org.jspecify;
  requires org.slf4j;

  exports dev.photofinish.host;
}
