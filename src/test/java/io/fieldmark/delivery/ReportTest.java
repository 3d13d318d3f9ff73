package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ci} writes on the page of a run, from reports as Surefire writes them. */
class ReportTest {
  private static final Tool REPORT = new Tool(Path.of(".ci/report").toAbsolutePath());

  @TempDir private Path folder;

  @Test
  void failedAndSkippedTestsAreNamed() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("surefire-reports")).resolve("TEST-a.xml"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite xmlns:xsi="x" name="a.Some"
            time="1" tests="3" errors="0" skipped="1" failures="1">
          <testcase name="works" classname="a.Some" time="0.1"/>
          <testcase name="breaks" classname="a.Some" time="0.1">
            <failure message="no"/>
          </testcase>
          <testcase name="waits" classname="a.Some" time="0.1">
            <skipped message="no tool"/>
          </testcase>
        </testsuite>
        """);
    Files.writeString(
        Files.createDirectories(folder.resolve("failsafe-reports")).resolve("TEST-b.xml"),
        """
        <testsuite name="b.OtherIT" time="1" tests="2" errors="1" skipped="0" failures="0">
          <testcase name="runs" classname="b.OtherIT" time="0.1"/>
          <testcase name="stops" classname="b.OtherIT" time="0.1">
            <error type="x"/>
          </testcase>
        </testsuite>
        """);
    Tool.Run run = REPORT.run(Path.of("."), folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains("| 5 | 2 | 2 | 1 |")
        .contains("**Failed**\n\n- `Some.breaks`\n- `OtherIT.stops`\n")
        .contains("**Skipped**\n\n- `Some.waits`\n")
        .doesNotContain("works");
  }

  @Test
  void noReportsAreNoSuccess() throws Exception {
    assertThat(REPORT.run(Path.of("."), folder.toString()).output()).contains("No test was run");
  }
}
