package dev.photofinish.relay;

/**
 * The users of a camera, where there are logins.
 *
 * @param view who may see it; all users by default
 * @param talk who may send sound to it; nobody by default
 * @param manage who may change, record and remove it; nobody by default
 * @param publish who may publish to it; nobody by default
 */
public record CameraRights(UserSet view, UserSet talk, UserSet manage, UserSet publish) {
  static final CameraRights DEFAULT =
      new CameraRights(UserSet.USERS, UserSet.NONE, UserSet.NONE, UserSet.NONE);

  CameraRights withView(UserSet users) {
    return new CameraRights(users, talk, manage, publish);
  }

  CameraRights withTalk(UserSet users) {
    return new CameraRights(view, users, manage, publish);
  }

  CameraRights withManage(UserSet users) {
    return new CameraRights(view, talk, users, publish);
  }

  CameraRights withPublish(UserSet users) {
    return new CameraRights(view, talk, manage, users);
  }
}
