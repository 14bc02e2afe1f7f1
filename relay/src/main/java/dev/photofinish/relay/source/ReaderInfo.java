package dev.photofinish.relay.source;

/**
 * A reader as it is shown to people.
 *
 * @param address where it is, such as {@code 192.0.2.7:51234}
 * @param transport such as {@code tcp}, {@code udp}, {@code http}, {@code web}
 * @param agent what it says of itself; escaped and cut
 */
public record ReaderInfo(String address, String transport, String agent) {}
