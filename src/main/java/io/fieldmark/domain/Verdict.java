package io.fieldmark.domain;

/**
 * Whether to trust the best guess. An open list on the wire: readers treat a value that they do not
 * know as {@link #NOT_SURE}, so that later versions may say more.
 */
public record Verdict(String wireName) {
  public static final Verdict IDENTIFIED = new Verdict("identified");
  public static final Verdict NOT_SURE = new Verdict("not_sure");
}
