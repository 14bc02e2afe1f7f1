package dev.photofinish.rtsp.dialogue.server;

import java.util.Optional;

/** The rules of who may read what, and send what. Asked on the event loop: it answers at once. */
public interface Access {

  /** The name that logins are for; part of all {@link UserHashes}. */
  String realm();

  /** Whether anyone may use the stream of this name so, without a login. */
  boolean isOpen(Purpose purpose, String stream);

  /** The hashes of a user's password; empty where there is no such user. */
  Optional<UserHashes> find(String user);

  /**
   * Whether a user who has logged in may use the stream of this name so. Asked of names that are
   * not there, too, the empty one among them: a user who lacks a right is answered as if there were
   * no such stream, where these need none.
   */
  boolean isAllowed(Purpose purpose, String user, String stream);

  /** Everyone may read everything, talk to it, and publish what is published. */
  static Access open() {
    return new Access() {
      @Override
      public String realm() {
        return "photofinish";
      }

      @Override
      public boolean isOpen(Purpose purpose, String stream) {
        return true;
      }

      @Override
      public Optional<UserHashes> find(String user) {
        return Optional.empty();
      }

      @Override
      public boolean isAllowed(Purpose purpose, String user, String stream) {
        return true;
      }
    };
  }
}
