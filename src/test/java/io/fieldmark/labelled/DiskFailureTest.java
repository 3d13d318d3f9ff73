package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
  @Test
  void aPersonReadsWhatToMend() {
    assertThat(DiskFailure.tell(new FileAlreadyExistsException("/a/b")))
        .isEqualTo("a file is in the way at /a/b");
    assertThat(DiskFailure.tell(new AccessDeniedException("/a/b")))
        .isEqualTo("this process may not write /a/b");
    assertThat(DiskFailure.tell(new NoSuchFileException("/a/b"))).isEqualTo("there is no /a/b");
    assertThat(DiskFailure.tell(new FileSystemException("/a/b", null, "Read-only file system")))
        .isEqualTo("/a/b: Read-only file system");
    assertThat(DiskFailure.tell(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(DiskFailure.tell(new IllegalStateException("bug"))).contains("IllegalState", "bug");
  }
}
