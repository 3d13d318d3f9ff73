package io.fieldmark.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.dashboards.Selector.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTest {
  @Test
  void namesAndConditionsAreReadOutOfAQuery() {
    assertThat(
            Selector.in(
                "sum by (label, le) (rate(a_total{x='1|2', y!~\"b|c.*\"}[5m] offset 7d))"
                    + " / on () group_left () level:b:rate5m and on (pod) c > 14.4 * 1e9"))
        .containsExactly(
            new Selector(
                "a_total",
                List.of(new Condition("x", "=", "1|2"), new Condition("y", "!~", "b|c.*"))),
            new Selector("level:b:rate5m", List.of()),
            new Selector("c", List.of()));
  }

  @Test
  void labelsOfClausesAreReadOutOfAQuery() {
    assertThat(Selector.grouping("sum by (a, b) (x) / on () group_left (c) sum without(d) (y)"))
        .containsExactly("a", "b", "c", "d");
    assertThat(Selector.grouping("rate(by_total{label='by (e)'}[5m])")).doesNotContain("label");
  }

  @Test
  void alternativesOfARegularExpressionAreValuesOfTheirOwn() {
    assertThat(new Condition("x", "=~", "a|b.*").values()).containsExactly("a", "b.*");
    assertThat(new Condition("x", "=", "a|b").values())
        .singleElement()
        .matches(v -> "a|b".matches(v));
  }
}
