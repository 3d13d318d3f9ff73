package io.fieldmark.transport.kafka;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Holds every reader to account: each offset that the group has committed must have a result. What
 * was committed before this process looked is not judged. Safe for any thread.
 */
final class Ledger {
  /** Looks that a committed offset's result may take to be read here. */
  private static final int GRACE = 10;

  private static final int MOST_OPEN = 100_000;

  /** Photos of one partition that may be answered and not committed, generously. */
  private static final int MOST_EARLY = 4096;

  private final Map<Integer, Account> accounts = new HashMap<>();

  /** The highest answered offsets of partitions whose committed offset is not known yet. */
  private final Map<Integer, TreeSet<Long>> early = new HashMap<>();

  private static final class Account {
    private final ArrayDeque<Long> committed = new ArrayDeque<>();
    private final TreeSet<Long> answered = new TreeSet<>();
    private long prefix;
    private long writtenOff;

    private Account(long begin) {
      this.prefix = begin;
    }

    private void answered(long offset) {
      if (offset >= prefix) {
        answered.add(offset);
      }
      while (answered.remove(prefix)) {
        prefix++;
      }
      if (answered.size() > MOST_OPEN) {
        writtenOff += answered.first() - prefix;
        prefix = answered.first();
      }
    }

    private void committed(long offset) {
      committed.add(offset);
      if (committed.size() > GRACE) {
        committed.remove();
      }
    }

    private long missing() {
      long judged = committed.size() < GRACE ? prefix : committed.peek();
      return writtenOff + Math.max(0, judged - prefix - answered.headSet(judged).size());
    }
  }

  synchronized void answered(int partition, long offset) {
    Account account = accounts.get(partition);
    if (account != null) {
      account.answered(offset);
      return;
    }
    TreeSet<Long> highest = early.computeIfAbsent(partition, first -> new TreeSet<>());
    highest.add(offset);
    if (highest.size() > MOST_EARLY) {
      highest.pollFirst();
    }
  }

  /** The topic was made anew: its offsets begin at zero again. */
  synchronized void beginAnew() {
    accounts.clear();
    early.clear();
  }

  /** To be called at every look, so that time passes. */
  synchronized void committed(int partition, long offset) {
    accounts.computeIfAbsent(partition, first -> open(first, offset)).committed(offset);
  }

  /** The first photo of a partition that is not known to be answered, at or behind this offset. */
  synchronized long firstUnanswered(int partition, long from) {
    Account account = accounts.get(partition);
    return account == null ? from : Math.max(from, account.prefix);
  }

  /** Answered photos of a partition behind its first unanswered one. */
  synchronized int answeredAhead(int partition) {
    Account account = accounts.get(partition);
    return account == null ? 0 : account.answered.size();
  }

  /** An answer is often read before its offset is committed, also before the first look. */
  private Account open(int partition, long offset) {
    Account account = new Account(offset);
    TreeSet<Long> answered = early.remove(partition);
    if (answered != null) {
      answered.forEach(account::answered);
    }
    return account;
  }

  /** Committed offsets with neither result nor dead letter: zero, whatever has crashed. */
  synchronized long imbalance() {
    return accounts.values().stream().mapToLong(Account::missing).sum();
  }
}
