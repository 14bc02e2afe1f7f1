package dev.photofinish.rtsp.dialogue.server;

import java.util.Optional;

/** The rules of who may read what. Asked on the event loop: it answers at once. */
public interface Access {

  /** The name that logins are for; part of all {@link UserHashes}. */
  String realm();

  /** Whether anyone may read the stream of this name, without a login. */
  boolean isOpen(String stream);

  /** The hashes of a user's password; empty where there is no such user. */
  Optional<UserHashes> find(String user);

  /** Whether a user who has logged in may read the stream of this name. */
  boolean mayRead(String user, String stream);

  /** Everyone may read everything. */
  static Access open() {
    return new Access() {
      @Override
      public String realm() {
        return "photofinish";
      }

      @Override
      public boolean isOpen(String stream) {
        return true;
      }

      @Override
      public Optional<UserHashes> find(String user) {
        return Optional.empty();
      }

      @Override
      public boolean mayRead(String user, String stream) {
        return true;
      }
    };
  }
}
