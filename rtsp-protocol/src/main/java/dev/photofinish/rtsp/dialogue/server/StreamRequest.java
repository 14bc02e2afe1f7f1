package dev.photofinish.rtsp.dialogue.server;

import java.util.Optional;

/**
 * The stream that a reader asks for.
 *
 * @param name the path of its URL without the slashes at both ends and without a track, with {@code
 *     %} escapes decoded; empty for a URL without a path. Whatever a reader sends: a key for a
 *     look-up, nothing to open files by, and to be shown escaped
 * @param query of its URL, as written, without the question mark; empty if it has none
 * @param user who logged in; empty for anyone
 */
public record StreamRequest(String name, String query, Optional<String> user) {}
