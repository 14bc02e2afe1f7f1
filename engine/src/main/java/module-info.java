/** The race and the retry schedule as pure state machines: no sockets, no clock, no threads. */
module dev.photofinish.engine {
  requires static org.jspecify;

  exports dev.photofinish.race;
  exports dev.photofinish.race.address;
  exports dev.photofinish.race.history;
  exports dev.photofinish.race.limiter;
  exports dev.photofinish.race.report;
  exports dev.photofinish.option;
  exports dev.photofinish.retry;
  exports dev.photofinish.clientlimit;
}
