package dev.photofinish.simulation.year;

/**
 * A time in which camera and network keep their character. Times are nanoseconds, {@code from}
 * counts from the beginning of the life.
 *
 * @param loss the chance that a SYN, or a request, goes unanswered and is sent again
 * @param roundTrip of the network
 * @param answer how long the camera takes to answer a request
 * @param limit what the camera does with a second client
 * @param keep how long a limited camera keeps a session whose client is gone without goodbye
 */
record Stretch(long from, double loss, long roundTrip, long answer, Limit limit, long keep) {
  enum Limit {
    NONE,
    /** One client: the older is closed when a newer comes. */
    DROPS_OLDER,
    /** One client: a newer is reset while there is one. */
    REJECTS_NEW,
    /** One client at a time: a newer waits unanswered, in the order of arrival. */
    QUEUES
  }
}
