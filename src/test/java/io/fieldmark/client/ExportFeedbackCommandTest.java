package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.labelled.Kept;
import io.fieldmark.labelled.PhotoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFeedbackCommandTest {
  @TempDir private Path folder;
  private final RequestId first = Kept.id();
  private final RequestId second = Kept.id();
  private final RequestId third = Kept.id();
  private Path kept;
  private Path target;

  @BeforeEach
  void keep() throws IOException {
    kept = folder.resolve("kept");
    target = folder.resolve("target");
    PhotoFolder photos = PhotoFolder.open(kept);
    photos.add(Kept.jpeg("lion", first), new byte[] {1});
    photos.add(Kept.jpeg("lion", second), new byte[] {2});
    photos.add(Kept.jpeg("Ameisenbär", third), new byte[] {3});
  }

  private ClientRun run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("export-feedback"));
    all.addAll(List.of(arguments));
    return ClientRun.of(folder, "feedback.folder=%s%n".formatted(kept), all.toArray(String[]::new));
  }

  private ClientRun exported() throws IOException {
    ClientRun run = run(target.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private void relabel(RequestId id, String label) throws IOException {
    PhotoFolder.open(kept).relabel(id, Kept.jpeg(label, id).folder());
  }

  @Test
  void eachLabelGetsAFolderWithItsPhotos() throws IOException {
    ClientRun run = exported();
    assertThat(Kept.files(target)).isEqualTo(Kept.files(kept));
    assertThat(Kept.jpeg("lion", second).below(target)).hasBinaryContent(new byte[] {2});
    assertThat(run.out()).containsExactly("Ameisenbär\t1", "lion\t2");
    assertThat(run.err())
        .isEqualTo("3 new, 0 moved to another label, 0 there already%n".formatted());
  }

  @Test
  void whatIsThereIsNotWrittenAgainAndWhatHasAnotherLabelMoves() throws IOException {
    exported();
    Files.write(Kept.jpeg("lion", second).below(target), new byte[] {9});
    relabel(first, "tiger");
    PhotoFolder.open(kept).add(Kept.jpeg("bear", Kept.id()), new byte[] {4});
    ClientRun run = exported();
    assertThat(Kept.files(target)).isEqualTo(Kept.files(kept));
    assertThat(Kept.jpeg("lion", second).below(target)).hasBinaryContent(new byte[] {9});
    assertThat(run.out()).containsExactly("Ameisenbär\t1", "bear\t1", "lion\t1", "tiger\t1");
    assertThat(run.err()).contains("1 new, 1 moved to another label, 2 there already");
  }

  /** Among the photos that one trains with. */
  @Test
  void whatElseLiesThereIsLeftAloneAndWhatIsKeptNoMoreStays() throws IOException {
    Path own = Files.createDirectories(target.resolve("lion")).resolve("king.jpg");
    Files.write(own, new byte[] {7});
    exported();
    PhotoFolder.open(kept).remove(first);
    ClientRun run = exported();
    assertThat(own).exists();
    assertThat(Kept.jpeg("lion", first).below(target)).exists();
    assertThat(run.out()).contains("lion\t2");
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws IOException {
    Files.createDirectory(target);
    Files.write(target.resolve("lion"), new byte[] {1});
    ClientRun run = run(target.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Not everything could be exported to %1$s: a file is in the way at %1$s/lion"
                .formatted(target))
        .doesNotContain("\tat ");
  }

  @Test
  void theFolderOfTheServiceIsNoTargetAndOneThatIsNotThereNoSource() throws IOException {
    assertThat(run(kept.toString()).err()).contains("export them to another folder");
    assertThat(run(kept.resolve("lion").toString()).exitCode()).isEqualTo(1);
    kept = folder.resolve("none");
    ClientRun none = run(target.toString());
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("No photo was ever kept in " + kept);
    assertThat(run().exitCode()).isEqualTo(2);
  }

  /** As a source tells that learns of changes one by one. */
  @Test
  void whatIsToldLastOfAPhotoHolds() throws IOException {
    FeedbackExport export =
        new FeedbackExport(PhotoFolder.open(target), new PrintWriter(new StringWriter()), () -> 0);
    export.kept(Kept.jpeg("lion", first), () -> new byte[] {1});
    export.kept(Kept.jpeg("tiger", first), () -> new byte[] {1});
    export.kept(Kept.jpeg("bear", second), () -> new byte[] {2});
    export.forgotten(second);
    export.forgotten(third);
    assertThat(Kept.files(target)).containsExactly("tiger", "tiger/%s.jpg".formatted(first));
    assertThat(export.labels()).containsExactly(Map.entry("tiger", 1L));
    assertThat(export.summary())
        .isEqualTo("2 new, 1 moved to another label, 0 there already, 1 removed");
  }

  @Test
  void progressIsToldWhileItGoesOn() throws IOException {
    StringWriter err = new StringWriter();
    AtomicLong now = new AtomicLong();
    FeedbackExport export =
        new FeedbackExport(
            PhotoFolder.open(target), new PrintWriter(err), () -> now.addAndGet(400_000_000));
    for (int i = 0; i < 6; i++) {
      export.kept(Kept.jpeg("lion", Kept.id()), () -> new byte[] {1});
    }
    assertThat(err.toString().lines()).hasSize(2).first().asString().startsWith("3 new");
  }
}
