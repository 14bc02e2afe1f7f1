package dev.photofinish.rtsp.dialogue.server;

import java.util.Optional;

/** The rules of who may read what, and send what. Asked on the event loop: it answers at once. */
public interface Access {

  /** The name that logins are for; part of all {@link UserHashes}. */
  String realm();

  /** Whether anyone may read the stream of this name, without a login. */
  boolean isOpen(String stream);

  /** The hashes of a user's password; empty where there is no such user. */
  Optional<UserHashes> find(String user);

  /** Whether a user who has logged in may read the stream of this name. */
  boolean mayRead(String user, String stream);

  /**
   * Whether anyone may publish the stream of this name, without a login; false by default. Whether
   * the stream is one that is published at all is not asked here.
   */
  default boolean isOpenToPublishers(String stream) {
    return false;
  }

  /** Whether a user who has logged in may publish the stream of this name; false by default. */
  default boolean mayPublish(String user, String stream) {
    return false;
  }

  /**
   * Whether anyone who may read the stream of this name may send audio to its camera, without a
   * login; false by default. Whether the camera takes any is not asked here.
   */
  default boolean isOpenToTalkers(String stream) {
    return false;
  }

  /**
   * Whether a user who has logged in and may read the stream of this name may send audio to its
   * camera; false by default.
   */
  default boolean mayTalk(String user, String stream) {
    return false;
  }

  /** Everyone may read everything, talk to it, and publish what is published. */
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

      @Override
      public boolean isOpenToPublishers(String stream) {
        return true;
      }

      @Override
      public boolean isOpenToTalkers(String stream) {
        return true;
      }

      @Override
      public boolean mayTalk(String user, String stream) {
        return true;
      }
    };
  }
}
