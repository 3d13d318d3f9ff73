package io.fieldmark.chaos;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Photos that somebody promised to answer, and what their senders saw. A photo whose sender was
 * told of a failure, or nothing at all, is promised nothing, but may be answered. Safe for any
 * thread.
 */
final class Register {
  private final Map<String, Photo> byId = new ConcurrentHashMap<>();
  private final Map<Place, Photo> byPlace = new ConcurrentHashMap<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
  private final Collection<Answer> answers = new ConcurrentLinkedQueue<>();

  /** A request by HTTP that ended as promised, in nanoseconds of {@link System#nanoTime}. */
  record Answer(Source source, long sent, long received) {
    double millis() {
      return (received - sent) / 1e6;
    }
  }

  /** By HTTP, 202. */
  void promised(Photo photo, String id) {
    byId.put(id, photo);
  }

  /** By HTTP, 200. */
  void answered(Photo photo, String id, String body) {
    byId.put(id, photo);
    bodies.put(id, body);
  }

  /** The broker has acknowledged the record. */
  void acknowledged(Photo photo, Place place) {
    byPlace.put(place, photo);
  }

  void took(Answer answer) {
    answers.add(answer);
  }

  void failed(Source source, String how) {
    failures.computeIfAbsent(source + " " + how, none -> new AtomicInteger()).incrementAndGet();
  }

  Map<String, Photo> byId() {
    return byId;
  }

  Map<Place, Photo> byPlace() {
    return byPlace;
  }

  /** Bodies of answers that senders were given, by id. */
  Map<String, String> bodies() {
    return bodies;
  }

  /** How often, by source and kind. */
  Map<String, AtomicInteger> failures() {
    return failures;
  }

  int failed() {
    return failures.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  Collection<Answer> answers() {
    return answers;
  }

  int photos() {
    return byId.size() + byPlace.size();
  }

  long photos(Source source) {
    return byId.values().stream().filter(photo -> photo.source() == source).count()
        + byPlace.values().stream().filter(photo -> photo.source() == source).count();
  }
}
