package io.fieldmark.e2e;

import java.util.List;
import java.util.Map;

/**
 * One photo's card on the page.
 *
 * @param state queued, uploading, waiting, done, not-sure or error
 * @param title the animal, or what went wrong
 * @param detail the verdict, or what to do about it
 * @param confidence empty for an error
 * @param bar length of the confidence's bar, 0–1 of what it could be
 * @param runnersUp such as {@code cat 1.0%}, each with a bar
 * @param timings names of stages
 */
record ResultCard(
    String file,
    String state,
    String title,
    String detail,
    String confidence,
    double bar,
    List<String> runnersUp,
    List<Double> runnerUpBars,
    List<String> timings) {

  /** Gives a list of what this record holds. */
  static final String SCRIPT =
      """
      const text = e => e ? e.textContent.replace(/\\s+/g, ' ').trim() : '';
      const bar = e => parseFloat(getComputedStyle(e, '::before').width)
          / e.getBoundingClientRect().width;
      return [...document.querySelectorAll('[data-testid=result-card]')].map(card => {
        const one = (...names) => card.querySelector(
            names.map(name => `[data-testid=${name}]`).join());
        const all = selector => [...card.querySelectorAll(selector)];
        card.style.contentVisibility = 'visible';
        return {
          file: text(card.querySelector('.file-name')),
          state: card.dataset.state,
          title: text(one('result-label', 'error-title')),
          detail: text(one('result-verdict', 'error-detail')),
          confidence: text(one('result-confidence')),
          bar: all('.bar-main').map(bar)[0] ?? 0,
          runnersUp: all('[data-testid=runner-up]').map(text),
          runnerUpBars: all('[data-testid=runner-up] .bar').map(bar),
          timings: all('[data-testid=result-timings] dt').map(text),
        };
      });
      """;

  static ResultCard of(Map<?, ?> card) {
    return new ResultCard(
        (String) card.get("file"),
        (String) card.get("state"),
        (String) card.get("title"),
        (String) card.get("detail"),
        (String) card.get("confidence"),
        ((Number) card.get("bar")).doubleValue(),
        ((List<?>) card.get("runnersUp")).stream().map(String.class::cast).toList(),
        ((List<?>) card.get("runnerUpBars"))
            .stream().map(bar -> ((Number) bar).doubleValue()).toList(),
        ((List<?>) card.get("timings")).stream().map(String.class::cast).toList());
  }

  boolean settled() {
    return List.of("done", "not-sure", "error").contains(state);
  }
}
