package dev.photofinish.relay.web.access;

/** The right that a request needs. */
public enum Right {
  /** None: the page's own files, and whether the process is alive. */
  NONE,
  /** To see pictures, states and reports. */
  VIEW,
  /** To send sound to a camera. */
  TALK,
  /** To add, change, record and remove cameras. */
  MANAGE
}
