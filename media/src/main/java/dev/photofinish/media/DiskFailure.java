package dev.photofinish.media;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Failures of the file system as sentences: the JDK's often say the name of the file alone. */
final class DiskFailure {
  private DiskFailure() {}

  /** The failure, with a message that says what is wrong. */
  static IOException said(IOException e) {
    if (e instanceof FileSystemException of && of.getReason() == null) {
      return new IOException(of.getFile() + ": " + reason(of), e);
    }
    return e.getMessage() == null ? new IOException(e.getClass().getSimpleName(), e) : e;
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "is not there, or its folder is not";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    boolean file = e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException;
    return file ? "is no folder" : e.getClass().getSimpleName(); // only folders may be there
  }
}
