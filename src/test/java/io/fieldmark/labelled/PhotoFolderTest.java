package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PhotoFolderTest {
  private static final long BLOCK = 4096;

  @TempDir private Path temporary;
  private Path root;
  private PhotoFolder folder;
  private final RequestId first = Kept.id();
  private final RequestId second = Kept.id();

  @BeforeEach
  void open() throws IOException {
    root = temporary.resolve("photos");
    folder = PhotoFolder.open(root);
  }

  private static byte[] photo(int bytes) {
    return new byte[bytes];
  }

  @Test
  void aPhotoLiesInTheFolderOfItsLabel() throws IOException {
    folder.add(Kept.jpeg("polar bear", first), new byte[] {1, 2, 3});
    folder.add(
        new PhotoPlace(FolderName.of("a/b").orElseThrow(), second, ImageFormat.WEBP), photo(1));
    assertThat(Kept.files(root))
        .containsExactly(
            "a%2Fb",
            "a%%2Fb/%s.webp".formatted(second), "polar bear", "polar bear/%s.jpg".formatted(first));
    assertThat(root.resolve("polar bear/%s.jpg".formatted(first)))
        .hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void whatIsThereIsFoundAgainTheOldestFirst() throws Exception {
    folder.add(Kept.jpeg("lion", second), photo(1));
    Files.setLastModifiedTime(Kept.jpeg("lion", second).below(root), FileTime.fromMillis(1));
    folder.add(Kept.jpeg("bear", first), photo(5000));
    PhotoFolder again = PhotoFolder.open(root);
    assertThat(again.photos()).containsExactly(Kept.jpeg("lion", second), Kept.jpeg("bear", first));
    assertThat(again.bytes()).isEqualTo(folder.bytes()).isEqualTo(3 * BLOCK);
    again.makeRoom(BLOCK, 3 * BLOCK);
    assertThat(again.photos()).containsExactly(Kept.jpeg("bear", first));
  }

  @Test
  void whatACrashLeftIsClearedAwayAndWhatIsNotOursLeftAlone() throws IOException {
    Files.write(root.resolve(".incoming-" + first), photo(9));
    Files.write(root.resolve("notes.txt"), photo(9));
    Files.createDirectories(root.resolve("lion/more"));
    Files.write(root.resolve("lion/king.jpg"), photo(9));
    Files.write(root.resolve("lion/%s.txt".formatted(first)), photo(9));
    Files.write(Files.createDirectory(root.resolve("Löwe")).resolve(first + ".jpg"), photo(9));
    folder = PhotoFolder.open(root);
    folder.makeRoom(1, 0);
    assertThat(folder.photos()).isEmpty();
    assertThat(Kept.files(root))
        .contains("notes.txt", "lion/king.jpg", "lion/more", "Löwe/%s.jpg".formatted(first))
        .noneMatch(file -> file.startsWith(".incoming"));
  }

  @Test
  void anotherLabelMovesAPhotoAndMakesItTheYoungest() throws IOException {
    folder.add(Kept.jpeg("lion", first), photo(1));
    folder.add(Kept.jpeg("lion", second), photo(1));
    assertThat(folder.relabel(first, FolderName.of("tiger").orElseThrow())).isTrue();
    assertThat(folder.photos())
        .containsExactly(Kept.jpeg("lion", second), Kept.jpeg("tiger", first));
    assertThat(PhotoFolder.look(root)).containsExactlyElementsOf(folder.photos());
    assertThat(folder.relabel(second, FolderName.of("tiger").orElseThrow())).isTrue();
    assertThat(root.resolve("lion")).doesNotExist();
    assertThat(folder.bytes()).isEqualTo(2 * BLOCK);
  }

  @Test
  void whatSomebodyTookAwayIsNotThere() throws IOException {
    folder.add(Kept.jpeg("lion", first), photo(1));
    folder.add(Kept.jpeg("lion", second), photo(1));
    Files.delete(Kept.jpeg("lion", first).below(root));
    Files.delete(Kept.jpeg("lion", second).below(root));
    assertThat(folder.relabel(first, FolderName.of("tiger").orElseThrow())).isFalse();
    assertThat(folder.find(first)).isEmpty();
    folder.remove(second);
    assertThat(folder.photos()).isEmpty();
    assertThat(folder.bytes()).isZero();
  }

  @Test
  void aPhotoThatIsRemovedLeavesNothing() throws IOException {
    folder.add(Kept.jpeg("lion", first), photo(1));
    folder.remove(first);
    folder.remove(second);
    assertThat(Kept.files(root)).isEmpty();
    assertThat(folder.bytes()).isZero();
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Files.write(root.resolve("lion"), photo(1));
    assertThatThrownBy(() -> folder.add(Kept.jpeg("lion", first), photo(1)))
        .isInstanceOf(IOException.class);
    assertThat(Kept.files(root)).containsExactly("lion");
    assertThat(folder.find(first)).isEmpty();
  }

  /** The device takes nothing, as a disk that is full. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLeavesNothing() throws IOException {
    Files.createSymbolicLink(root.resolve(".incoming-" + first), Path.of("/dev/full"));
    assertThatThrownBy(() -> folder.add(Kept.jpeg("lion", first), photo(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    assertThat(Kept.files(root)).isEmpty();
    folder.add(Kept.jpeg("lion", first), photo(1));
    assertThat(folder.photos()).hasSize(1);
  }

  @Test
  void aFileInThePlaceOfTheFolderIsAFailure() throws IOException {
    Path file = Files.write(temporary.resolve("file"), photo(1));
    assertThatThrownBy(() -> PhotoFolder.open(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> PhotoFolder.open(file.resolve("below")))
        .isInstanceOf(IOException.class);
  }
}
