package dev.photofinish.rtsp.dialogue.server;

/** The use of a stream that {@link Access} is asked about. */
enum Purpose {
  READ {
    @Override
    boolean isOpen(Access access, String stream) {
      return access.isOpen(stream);
    }

    @Override
    boolean isAllowed(Access access, String user, String stream) {
      return access.mayRead(user, stream);
    }
  },
  PUBLISH {
    @Override
    boolean isOpen(Access access, String stream) {
      return access.isOpenToPublishers(stream);
    }

    @Override
    boolean isAllowed(Access access, String user, String stream) {
      return access.mayPublish(user, stream);
    }
  },
  TALK {
    @Override
    boolean isOpen(Access access, String stream) {
      return access.isOpenToTalkers(stream);
    }

    @Override
    boolean isAllowed(Access access, String user, String stream) {
      return access.mayTalk(user, stream);
    }
  };

  /** Whether no login is needed. */
  abstract boolean isOpen(Access access, String stream);

  /** Whether a user who has logged in may. */
  abstract boolean isAllowed(Access access, String user, String stream);
}
