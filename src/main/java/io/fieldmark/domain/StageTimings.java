package io.fieldmark.domain;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** How long each stage took, in nanoseconds; stages that were not reached are absent. Immutable. */
public final class StageTimings {
  public static final StageTimings NONE = new StageTimings(new EnumMap<>(Stage.class));

  private final Map<Stage, Long> nanos;

  private StageTimings(EnumMap<Stage, Long> nanos) {
    this.nanos = nanos;
  }

  public StageTimings with(Stage stage, long stageNanos) {
    EnumMap<Stage, Long> more = new EnumMap<>(Stage.class);
    more.putAll(nanos);
    more.put(stage, stageNanos);
    return new StageTimings(more);
  }

  /** Calls back in the order of the stages. */
  public void forEach(ObjLongConsumer<Stage> consumer) {
    nanos.forEach(consumer::accept);
  }
}
