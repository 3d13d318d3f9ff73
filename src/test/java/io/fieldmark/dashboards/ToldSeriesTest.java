package io.fieldmark.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that Prometheus takes without a word are found. */
class ToldSeriesTest {
  private final ToldSeries told = new ToldSeries();

  @BeforeEach
  void tell() {
    told.add("requests_total", Map.of("reason", "internal", "instance", "a:1"));
    told.add("requests_total", Map.of("reason", "unavailable", "instance", "a:1"));
    told.add("workers", Map.of("instance", "a:1"));
  }

  @Test
  void whatIsToldIsWell() {
    assertThat(
            told.unknown(
                "sum by (reason, pod) (rate(requests_total{reason=~'intern.*|unavailable',"
                    + " namespace=~'.*'}[5m])) / on (instance) workers"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "rate(request_total[5m]); no metric request_total",
        "sum(workers) / sum(worker{instance='a:1'}); no metric worker",
        "sum(requests_total{resaon='internal'}); requests_total has no label resaon",
        "workers{reason=~'.*'}; workers has no label reason",
        "requests_total{reason='internel'}; reason of requests_total is never \\Qinternel\\E",
        "requests_total{reason!='internel'}; reason of requests_total is never \\Qinternel\\E",
        "requests_total{reason=~'internal|unavailabel'}; reason of requests_total is never unavailabel",
        "sum by (raeson) (requests_total) or vector(0); no label raeson to group by",
      })
  void whatNobodyTellsIsNamed(String query, String fault) {
    assertThat(told.unknown(query)).containsExactly(fault);
  }
}
