package io.fieldmark.labelled;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words that tell what to mend; Java names classes. */
public final class DiskFailure {
  private DiskFailure() {}

  public static String tell(Exception failure) {
    return switch (failure) {
      case FileAlreadyExistsException taken -> "a file is in the way at " + taken.getFile();
      case AccessDeniedException denied -> "this process may not write " + denied.getFile();
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileSystemException known -> known.getMessage();
      case IOException known -> String.valueOf(known.getMessage());
      case Exception bug -> bug.toString();
    };
  }
}
